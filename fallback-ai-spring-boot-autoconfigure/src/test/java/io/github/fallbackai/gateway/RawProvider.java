// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.endpoint.Endpoint;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A provider whose answers a test writes byte for byte, depending on the request.
 */
final class RawProvider implements AutoCloseable {

	private static final ObjectMapper MAPPER = new ObjectMapper();

	private final DisposableServer server;

	private final List<JsonNode> requests = new CopyOnWriteArrayList<>();

	private RawProvider(Function<JsonNode, Reply> replies) {
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> request.receive().aggregate().asString().flatMap((text) -> {
				JsonNode body = parse(text);
				this.requests.add(body);
				Reply reply = replies.apply(body);
				return response.status(reply.status())
					.header("Content-Type", reply.stream() ? "text/event-stream" : "application/json")
					.sendByteArray(Mono.just(reply.body().getBytes(StandardCharsets.UTF_8)))
					.then();
			}))
			.bindNow();
	}

	static RawProvider replying(Function<JsonNode, Reply> replies) {
		return new RawProvider(replies);
	}

	/** Answers everything, in the form that is asked for. */
	static RawProvider saying(String text) {
		return replying((request) -> answer(request, text));
	}

	static Reply answer(JsonNode request, String text) {
		if (!request.path("stream").asBoolean()) {
			return new Reply(200, false, "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
					+ text + "\"},\"finish_reason\":\"stop\"}]}");
		}
		return new Reply(200, true, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
				+ "\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
	}

	/** The endpoint of that name, with this provider behind it. */
	Endpoint endpoint(String name) {
		return endpoint(name, "openai");
	}

	Endpoint endpoint(String name, String provider) {
		return Endpoint.named(name)
			.provider(provider)
			.url(URI.create("http://127.0.0.1:" + this.server.port() + "/v1"))
			.model("model-" + name)
			.build();
	}

	/** The bodies of all requests, in order. */
	List<JsonNode> requests() {
		return this.requests;
	}

	private static JsonNode parse(String text) {
		try {
			return MAPPER.readTree(text);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

	/**
	 * What the provider answers.
	 *
	 * @param status the HTTP status
	 * @param stream whether it calls itself a stream
	 * @param body the body
	 */
	record Reply(int status, boolean stream, String body) {

	}

}
