// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.warmup;

import java.net.URI;
import java.time.Duration;

import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A server on loopback that gives each request the shortest answer that its dialect
 * knows. It takes any free port, lives as long as the warm-up, and says nothing else.
 */
final class CannedProvider implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String OPENAI_CHUNK = """
			{"id":"a","object":"chat.completion.chunk","created":1,"model":"warm-up","choices":[{"index":0,%s}]}""";

	private static final String OPENAI = event("",
			OPENAI_CHUNK.formatted("\"delta\":{\"role\":\"assistant\",\"content\":\"warm\"},\"finish_reason\":null"))
			+ event("", OPENAI_CHUNK.formatted("\"delta\":{\"content\":\"er\"},\"finish_reason\":null"))
			+ event("", OPENAI_CHUNK.formatted("\"delta\":{\"content\":\" \"},\"finish_reason\":null"))
			+ event("", OPENAI_CHUNK.formatted("\"delta\":{},\"finish_reason\":\"stop\"")) + event("", """
					{"id":"a","object":"chat.completion.chunk","created":1,"model":"warm-up","choices":[],\
					"usage":{"prompt_tokens":1,"completion_tokens":3,"total_tokens":4}}""") + event("", "[DONE]");

	private static final String OPENAI_WHOLE = """
			{"id":"a","object":"chat.completion","created":1,"model":"warm-up","choices":[{"index":0,\
			"message":{"role":"assistant","content":"warm"},"finish_reason":"stop"}],\
			"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

	private static final String ANTHROPIC = event("message_start", """
			{"type":"message_start","message":{"id":"a","type":"message","role":"assistant","model":"warm-up",\
			"content":[],"stop_reason":null,"usage":{"input_tokens":1,"output_tokens":1}}}""")
			+ event("content_block_start", """
					{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""")
			+ event("content_block_delta", """
					{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"warm"}}""")
			+ event("content_block_stop", """
					{"type":"content_block_stop","index":0}""") + event("message_delta", """
					{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}""")
			+ event("message_stop", """
					{"type":"message_stop"}""");

	private static final String ANTHROPIC_WHOLE = """
			{"id":"a","type":"message","role":"assistant","model":"warm-up","content":[{"type":"text",\
			"text":"warm"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}""";

	private static final String GEMINI_WHOLE = """
			{"candidates":[{"content":{"role":"model","parts":[{"text":"warm"}]},"finishReason":"STOP","index":0}],\
			"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":1},"modelVersion":"warm-up"}""";

	private final DisposableServer server;

	private CannedProvider(DisposableServer server) {
		this.server = server;
	}

	/** Starts a server on a free port of the loopback interface. */
	static CannedProvider start() {
		return new CannedProvider(
				HttpServer.create().host("127.0.0.1").port(0).handle(CannedProvider::answer).bindNow(LIMIT));
	}

	/** Its address. */
	URI url() {
		return URI.create("http://127.0.0.1:" + this.server.port());
	}

	@Override
	public void close() {
		this.server.disposeNow(LIMIT);
	}

	private static Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		return request.receive()
			.aggregate()
			.asString()
			.defaultIfEmpty("")
			.flatMap((body) -> send(response, answer(request.uri(), body)));
	}

	private static Mono<Void> send(HttpServerResponse response, String answer) {
		String type = answer.startsWith("{") ? "application/json" : "text/event-stream";
		return response.header(HttpHeaderNames.CONTENT_TYPE, type).sendString(Mono.just(answer)).then();
	}

	private static String answer(String uri, String body) {
		boolean stream = body.contains("\"stream\":true");
		if (uri.contains(":streamGenerateContent")) {
			return event("", GEMINI_WHOLE);
		}
		if (uri.contains(":generateContent")) {
			return GEMINI_WHOLE;
		}
		if (uri.endsWith("/messages")) {
			return stream ? ANTHROPIC : ANTHROPIC_WHOLE;
		}
		return stream ? OPENAI : OPENAI_WHOLE;
	}

	private static String event(String name, String data) {
		return (name.isEmpty() ? "" : "event: " + name + "\n") + "data: " + data + "\n\n";
	}

}
