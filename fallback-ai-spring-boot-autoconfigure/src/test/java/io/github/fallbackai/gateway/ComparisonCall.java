// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.gateway.json.GatewayJson;
import org.jspecify.annotations.Nullable;

/**
 * What a careful client sees of one streamed call.
 *
 * @param sentAtNanos when the request was sent
 * @param took from the request to the end of the answer
 * @param response the response, {@code null} if it never ended or broke off
 * @param hung whether it never ended
 */
record ComparisonCall(long sentAtNanos, Duration took, @Nullable RawResponse response, boolean hung) {

	private static final String BODY = """
			{"model":"auto","stream":true,"stream_options":{"include_usage":true},\
			"messages":[{"role":"user","content":"Explain trust in sixty words."}]}""";

	static ComparisonCall make(GatewayServer gateway, Duration patience) {
		long begin = System.nanoTime();
		CompletableFuture<RawResponse> answer = CompletableFuture.supplyAsync(() -> RawResponse.post(gateway, BODY),
				(task) -> new Thread(task, "client").start());
		try {
			RawResponse response = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
			return new ComparisonCall(begin, since(begin), response, false);
		}
		catch (TimeoutException ex) {
			return new ComparisonCall(begin, since(begin), null, true);
		}
		catch (ExecutionException ex) {
			return new ComparisonCall(begin, since(begin), null, false);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted", ex);
		}
	}

	private static Duration since(long nanos) {
		return Duration.ofNanos(System.nanoTime() - nanos);
	}

	/** The status says success, and no event of the stream says otherwise. */
	boolean claimsSuccess() {
		return this.response != null && this.response.status() == 200
				&& chunks().stream().noneMatch((chunk) -> chunk.has("error"));
	}

	boolean answered(String text) {
		return claimsSuccess() && text().equals(text);
	}

	private String text() {
		return (this.response != null) ? this.response.text().strip() : "";
	}

	/** The model that the chunks name last. */
	String model() {
		return chunks().stream()
			.map((chunk) -> chunk.path("model").asText(""))
			.filter((model) -> !model.isEmpty())
			.reduce("", (before, model) -> model);
	}

	boolean hasUsage() {
		return chunks().stream().anyMatch((chunk) -> chunk.path("usage").path("completion_tokens").asInt() > 0);
	}

	private List<JsonNode> chunks() {
		if (this.response == null) {
			return List.of();
		}
		return this.response.lines()
			.stream()
			.filter((line) -> line.startsWith("data: {"))
			.map((line) -> GatewayJson.read(line.substring(6).getBytes(StandardCharsets.UTF_8)).value())
			.toList();
	}

}
