// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.fallbackai.test.wire.Json;

/**
 * Talks to a simulator as an OpenAI client does.
 */
final class ChatClient {

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofMinutes(5))
		.build();

	private final ProviderSimulator simulator;

	ChatClient(ProviderSimulator simulator) {
		this.simulator = simulator;
	}

	static ObjectNode question(String text) {
		ObjectNode body = Json.object().put("model", "gpt-4o");
		body.putArray("messages").addObject().put("role", "user").put("content", text);
		return body;
	}

	static ObjectNode streamed(String text) {
		return question(text).put("stream", true);
	}

	HttpRequest post(String path, String body) {
		return post(path, body, "identity");
	}

	HttpRequest post(String path, String body, String acceptEncoding) {
		return HttpRequest.newBuilder(URI.create(this.simulator.url() + path))
			.header("Accept-Encoding", acceptEncoding)
			.header("Content-Type", "application/json")
			.header("Authorization", "Bearer test-key")
			.timeout(Duration.ofMinutes(10))
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build();
	}

	HttpResponse<String> send(JsonNode body) {
		return send(post("/chat/completions", body.toString()));
	}

	HttpResponse<String> send(HttpRequest request) {
		try {
			return this.http.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	HttpResponse<String> ask(String text) {
		return send(question(text));
	}

	CompletableFuture<HttpResponse<Stream<String>>> open(JsonNode body) {
		return this.http.sendAsync(post("/chat/completions", body.toString()), BodyHandlers.ofLines());
	}

	/**
	 * Returns the data of each event of a streamed answer.
	 */
	List<String> events(JsonNode body) {
		return events(send(body).body());
	}

	static List<String> events(String stream) {
		return stream.lines().filter((line) -> line.startsWith("data: ")).map((line) -> line.substring(6)).toList();
	}

	static List<JsonNode> chunks(List<String> events) {
		return events.stream().filter((event) -> !event.equals("[DONE]")).map(Json::read).toList();
	}

	static String text(List<String> events) {
		StringBuilder text = new StringBuilder();
		chunks(events).forEach((chunk) -> text.append(chunk.at("/choices/0/delta/content").asText("")));
		return text.toString();
	}

}
