// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.servlet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An HTTP client that is the same in every generation of Spring Boot.
 */
final class Http {

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final int port;

	Http(int port) {
		this.port = port;
	}

	String get(String path) throws Exception {
		HttpResponse<String> response = get(path, "Accept", "*/*");
		assertThat(response.statusCode()).as(path).isEqualTo(200);
		return response.body();
	}

	HttpResponse<String> get(String path, String header, String value) throws Exception {
		return this.client.send(request(path).header(header, value).build(), BodyHandlers.ofString());
	}

	HttpResponse<String> post(String path, String body) throws Exception {
		return this.client.send(
				request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build(),
				BodyHandlers.ofString());
	}

	/** A stream that its reader may leave. */
	BufferedReader open(String path) throws IOException, InterruptedException {
		return new BufferedReader(new InputStreamReader(
				this.client.send(request(path).build(), BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path));
	}

	static JsonNode json(String text) throws JsonProcessingException {
		return new ObjectMapper().readTree(text);
	}

	/** The texts of all events with that name. */
	static String deltas(String events) throws JsonProcessingException {
		StringBuilder text = new StringBuilder();
		String name = "";
		for (String line : events.split("\n")) {
			if (line.startsWith("event:")) {
				name = line.substring("event:".length());
			}
			else if (line.startsWith("data:") && name.equals("delta")) {
				text.append(json(line.substring("data:".length())).path("text").asText());
			}
		}
		return text.toString();
	}

}
