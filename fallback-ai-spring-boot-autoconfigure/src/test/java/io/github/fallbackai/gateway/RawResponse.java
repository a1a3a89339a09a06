// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.gateway.json.GatewayJson;

/**
 * What the gateway answers, byte for byte.
 *
 * @param response the response
 */
public record RawResponse(HttpResponse<String> response) {

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	public static RawResponse post(GatewayServer gateway, String body, String... headers) {
		return exchange(gateway, "/chat/completions", HttpRequest.BodyPublishers.ofString(body), headers);
	}

	/** Asks one question for a stream. */
	public static RawResponse stream(GatewayServer gateway, String question) {
		return post(gateway, streamed(question));
	}

	/** Asks one question. */
	public static RawResponse ask(GatewayServer gateway, String model, String question) {
		return post(gateway,
				"{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}]}");
	}

	/** The body of a request for a stream. */
	public static String streamed(String question) {
		return "{\"model\":\"auto\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + question
				+ "\"}]}";
	}

	public static RawResponse exchange(GatewayServer gateway, String path, HttpRequest.BodyPublisher body,
			String... headers) {
		return new RawResponse(send(gateway, path, body, HttpResponse.BodyHandlers.ofString(), headers));
	}

	public static <T> HttpResponse<T> send(GatewayServer gateway, String path, HttpRequest.BodyPublisher body,
			HttpResponse.BodyHandler<T> handler, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.url() + path))
			.header("Content-Type", "application/json")
			.header("Authorization", "Bearer " + GatewayServer.KEY)
			.POST(body);
		for (int index = 0; index < headers.length; index += 2) {
			request.setHeader(headers[index], headers[index + 1]);
		}
		try {
			return CLIENT.send(request.build(), handler);
		}
		catch (IOException ex) {
			throw new AssertionError("no response", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted", ex);
		}
	}

	public int status() {
		return this.response.statusCode();
	}

	public String header(String name) {
		return this.response.headers().firstValue(name).orElse(null);
	}

	public String body() {
		return this.response.body();
	}

	public JsonNode json() {
		return GatewayJson.read(body().getBytes(StandardCharsets.UTF_8)).value();
	}

	/** A member of the error, {@code null} if that is what it is. */
	public String error(String member) {
		return json().path("error").required(member).textValue();
	}

	/** What is said in a stream, comments included, in order. */
	public List<String> lines() {
		return body().lines().filter((line) -> !line.isEmpty()).toList();
	}

	/** The text of a streamed answer. */
	public String text() {
		return text(lines());
	}

	/** The text of the lines of a streamed answer. */
	public static String text(List<String> lines) {
		StringBuilder text = new StringBuilder();
		for (String line : lines) {
			if (line.startsWith("data: {")) {
				JsonNode json = GatewayJson.read(line.substring(6).getBytes(StandardCharsets.UTF_8)).value();
				text.append(json.path("choices").path(0).path("delta").path("content").asText(""));
			}
		}
		return text.toString();
	}

}
