// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.ChannelOption;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClient.ResponseReceiver;
import reactor.netty.resources.ConnectionProvider;

/**
 * Clients of one application's gateway.
 */
final class GatewayCalls implements AutoCloseable {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final Duration LEFT = Duration.ofMinutes(1);

	private final ConnectionProvider connections = ConnectionProvider.builder("gateway-clients")
		.maxConnections(500)
		.pendingAcquireMaxCount(-1)
		.maxIdleTime(Duration.ofMillis(500))
		.evictInBackground(Duration.ofMillis(250))
		.build();

	private final HttpClient client;

	GatewayCalls(int port) {
		this.client = reliable(HttpClient.create(this.connections)).baseUrl("http://127.0.0.1:" + port)
			.responseTimeout(SoakProperties.PATIENCE);
	}

	/**
	 * On NIO: Netty's epoll transport sometimes reads before a connection is made. The
	 * request fails then, and its connection stays open.
	 */
	static HttpClient reliable(HttpClient client) {
		return client.runOn(HttpResources.get(), false);
	}

	/**
	 * Makes a call.
	 * @return the text of its answer, in pieces
	 */
	Flux<Piece> call(CallForm form, Question question, Dice dice) {
		byte[] body = body(form.chain(), streams(form, question), List.of(message("user", question.prompt())), false);
		return switch (form) {
			case GATEWAY_WHOLE -> text(whole(SoakProperties.KEY, Flux.just(body), client(dice)));
			case GATEWAY_LIMITED -> stream(SoakProperties.LIMITED_KEY, Flux.just(body), client(dice));
			case GATEWAY_REFUSED -> refused(body, dice);
			case GATEWAY_TOOLS -> tools(question);
			case GATEWAY_SLOW_BODY -> slowBody(body, streams(form, question), dice);
			default -> stream(SoakProperties.KEY, Flux.just(body), client(dice));
		};
	}

	/**
	 * Asks once, and takes whatever comes.
	 * @return the text of the answer, in pieces
	 */
	Flux<Piece> ask(String key, String model, Question question) {
		return stream(key, Flux.just(body(model, true, List.of(message("user", question.prompt())), false)),
				this.client);
	}

	/**
	 * Sends a request of a size to a model that cannot take it.
	 * @return how the gateway refuses it
	 */
	String refusalOf(int size) {
		byte[] beginning = ("{\"model\":\"" + SoakProperties.TINY + "\",\"messages\":[{\"role\":\"user\",\"content\":"
				+ "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,")
			.getBytes(StandardCharsets.UTF_8);
		byte[] end = "\"}}]}]}".getBytes(StandardCharsets.UTF_8);
		byte[] body = new byte[size];
		Arrays.fill(body, (byte) 'A');
		System.arraycopy(beginning, 0, body, 0, beginning.length);
		System.arraycopy(end, 0, body, size - end.length, end.length);
		return whole(SoakProperties.KEY, Flux.just(body), this.client).map(JsonNode::toString)
			.onErrorResume((error) -> Mono.just(String.valueOf(error.getMessage())))
			.block(SoakProperties.PATIENCE);
	}

	private static boolean streams(CallForm form, Question question) {
		return form != CallForm.GATEWAY_WHOLE && !(form == CallForm.GATEWAY_SLOW_BODY && question.number() % 2 == 0);
	}

	/** Some clients take little at a time, and some leave without a farewell. */
	private HttpClient client(Dice dice) {
		return switch (dice.below(6)) {
			case 0 -> this.client.option(ChannelOption.SO_RCVBUF, 4096);
			case 1 -> this.client.option(ChannelOption.SO_LINGER, 0);
			default -> this.client;
		};
	}

	private Flux<Piece> refused(byte[] good, Dice dice) {
		byte[] bad = switch (dice.below(4)) {
			case 0 -> Arrays.copyOf(good, good.length / 2);
			case 1 -> body("no-such-model", dice.oneIn(2), List.of(message("user", "Hello")), false);
			case 2 -> body(SoakProperties.STRONG, false, List.of(), false);
			default -> ("{\"model\":\"strong\",\"messages\":" + "[".repeat(200) + "]".repeat(200) + "}")
				.getBytes(StandardCharsets.UTF_8);
		};
		return text(whole(dice.oneIn(5) ? "no-such-key" : SoakProperties.KEY, Flux.just(bad), this.client));
	}

	private Flux<Piece> tools(Question question) {
		Map<String, Object> asked = message("user", question.prompt());
		byte[] first = body(SoakProperties.STRONG, false, List.of(asked), true);
		return whole(SoakProperties.KEY, Flux.just(first), this.client).flatMapMany((answer) -> {
			JsonNode calls = answer.path("choices").path(0).path("message").path("tool_calls");
			String arguments = calls.path(0).path("function").path("arguments").asText();
			if (calls.size() != 1 || !arguments.equals(question.toolArguments())) {
				return Flux.just(Piece.of("wrong tool calls: " + answer));
			}
			Map<String, Object> result = Map.of("role", "tool", "tool_call_id", calls.path(0).path("id").asText(),
					"content", question.toolResult());
			byte[] second = body(SoakProperties.STRONG, true,
					List.of(asked, Map.of("role", "assistant", "tool_calls", calls), result), true);
			return stream(SoakProperties.KEY, Flux.just(second), this.client);
		});
	}

	/** The body comes in pieces with pauses. One in three clients leaves half-way. */
	private Flux<Piece> slowBody(byte[] body, boolean streams, Dice dice) {
		int size = 1 + dice.below(body.length);
		Duration pause = dice.millis(1, 30);
		List<byte[]> pieces = new ArrayList<>();
		for (int from = 0; from < body.length; from += size) {
			pieces.add(Arrays.copyOfRange(body, from, Math.min(body.length, from + size)));
		}
		Flux<byte[]> slow = Flux.fromIterable(pieces).concatMap((piece) -> Mono.delay(pause).thenReturn(piece));
		if (dice.oneIn(3)) {
			Flux<byte[]> broken = slow.take(dice.below(pieces.size()))
				.concatWith(Mono.error(new Consumer.LeftException()));
			// A client that has left waits for nothing.
			return stream(SoakProperties.KEY, broken, this.client).timeout(LEFT)
				.onErrorMap((error) -> new Consumer.LeftException());
		}
		return streams ? stream(SoakProperties.KEY, slow, this.client)
				: text(whole(SoakProperties.KEY, slow, this.client));
	}

	private static Flux<Piece> text(Mono<JsonNode> answer) {
		return answer.map((json) -> Piece.of(json.path("choices").path(0).path("message").path("content").asText()))
			.flux();
	}

	private Mono<JsonNode> whole(String key, Flux<byte[]> body, HttpClient client) {
		return post(key, body, client)
			.responseSingle((head, content) -> json(head.status().code(), content.asString(StandardCharsets.UTF_8)));
	}

	private Flux<Piece> stream(String key, Flux<byte[]> body, HttpClient client) {
		return post(key, body, client).response((head, content) -> {
			int status = head.status().code();
			if (status != 200) {
				return json(status, content.aggregate().asString(StandardCharsets.UTF_8)).flux()
					.map((json) -> Piece.of(json.toString()));
			}
			EventReader reader = new EventReader();
			return content.asByteArray().concatMapIterable(reader::take).concatWith(Mono.fromSupplier(reader::end));
		});
	}

	private static Mono<JsonNode> json(int status, Mono<String> content) {
		return content.defaultIfEmpty("{}").map(EventReader::json).doOnNext((json) -> {
			if (status != 200) {
				throw new GatewayException(status, json.path("error").path("code").asText());
			}
		});
	}

	private static ResponseReceiver<?> post(String key, Flux<byte[]> body, HttpClient client) {
		return client
			.headers((headers) -> headers.set("Authorization", "Bearer " + key).set("Content-Type", "application/json"))
			.post()
			.uri("/v1/chat/completions")
			.send(ByteBufFlux.fromInbound(body));
	}

	private static Map<String, Object> message(String role, String text) {
		return Map.of("role", role, "content", text);
	}

	private static byte[] body(String model, boolean stream, List<Map<String, Object>> messages, boolean tools) {
		Map<String, Object> body = new TreeMap<>(Map.of("model", model, "stream", stream, "messages", messages));
		if (tools) {
			body.put("tools", List.of(Map.of("type", "function", "function",
					Map.of("name", Question.TOOL, "parameters", Map.of("type", "object")))));
		}
		try {
			return JSON.writeValueAsBytes(body);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.connections.disposeLater().block(SoakProperties.PATIENCE);
	}

}
