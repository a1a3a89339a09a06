// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.suite;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A provider on loopback that answers each request as the test says.
 */
public final class ModelServer implements AutoCloseable {

	private final List<JsonNode> requests = new CopyOnWriteArrayList<>();

	private final DisposableServer server;

	/**
	 * Starts a server.
	 * @param answers the answer to the body of a request
	 */
	public ModelServer(Function<JsonNode, Reply> answers) {
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> request.receive()
				.aggregate()
				.asByteArray()
				.defaultIfEmpty(new byte[0])
				.flatMap((bytes) -> {
					JsonNode body = ProviderJson.read(bytes);
					this.requests.add(body);
					Reply reply = answers.apply(body);
					return response.status(reply.status())
						.header(HttpHeaderNames.CONTENT_TYPE, reply.type())
						.sendString(Mono.just(reply.body()), StandardCharsets.UTF_8)
						.then();
				}))
			.bindNow(Duration.ofMinutes(1));
	}

	public URI url() {
		return URI.create("http://127.0.0.1:" + this.server.port() + "/v1");
	}

	/** The bodies of all requests, oldest first. */
	public List<JsonNode> requests() {
		return this.requests;
	}

	/** The body of the last request. */
	public JsonNode lastRequest() {
		return this.requests.get(this.requests.size() - 1);
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

	/**
	 * What the server answers.
	 */
	public record Reply(int status, String type, String body) {

		public static Reply json(int status, Object body) {
			return new Reply(status, "application/json", body.toString());
		}

		/** A stream of events without names. */
		public static Reply events(List<?> data) {
			StringBuilder body = new StringBuilder();
			data.forEach((event) -> body.append("data: ").append(event).append("\n\n"));
			return new Reply(200, "text/event-stream", body.toString());
		}

	}

}
