// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.provider.anthropic.AnthropicDialect;
import io.github.fallbackai.client.http.provider.gemini.GeminiDialect;
import io.github.fallbackai.client.http.provider.openai.AzureOpenAiDialect;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.client.http.provider.responses.ResponsesDialect;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Streams of every dialect, cut and mangled in every way, through {@link SseDecoder}.
 */
@Tag("slow")
class DialectStreamCutTests {

	private static final int MAX_EVENT = 10_000;

	private static final int ROUNDS = 2_000;

	private static final String OPEN_AI = """
			data: {"id":"c","model":"m","choices":[{"delta":{"content":"ü👋"}}]}

			: PROCESSING

			data: {"choices":[{"delta":{"tool_calls":[{"id":"a","function":{"name":"t","arguments":"{"}}]}}]}

			data:{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"}"}}]},"finish_reason":"tool_calls"}]}\r
			\r
			data: [DONE]

			""";

	private static final String AZURE = """
			data: {"choices":[],"id":"","model":"","prompt_filter_results":[{"prompt_index":0}]}

			""" + OPEN_AI;

	private static final String ANTHROPIC = """
			event: message_start\r
			data: {"type":"message_start","message":{"id":"c","model":"m"}}\r
			\r
			data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"ü👋"}}

			data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"a","name":"t"}}

			data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}

			data: {"type":"message_delta","delta":{"stop_reason":"tool_use"}}

			event: message_stop
			data: {}

			""";

	private static final String GEMINI = """
			data: {"candidates":[{"content":{"parts":[{"text":"ü👋"}]}}],"responseId":"c","modelVersion":"m"}\r
			\r
			data: {"candidates":[{"content":{"parts":[{"functionCall":{"id":"a","name":"t","args":{}}}]}}]}

			data: {"candidates":[{"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1}}

			""";

	private static final String RESPONSES = """
			data: {"type":"response.created","response":{"id":"c","model":"m"}}\r
			\r
			data: {"type":"response.output_text.delta","output_index":0,"delta":"ü👋"}

			data: {"type":"response.output_item.done","output_index":1,"item":{"type":"function_call","call_id":"a",\
			"name":"t","arguments":"{}"}}

			event: response.completed
			data: {"type":"response.completed","response":{"status":"completed","usage":{"input_tokens":1}}}

			""";

	static Stream<Arguments> streams() {
		return Stream.of(arguments(new OpenAiDialect(), OPEN_AI), arguments(new AzureOpenAiDialect(), AZURE),
				arguments(new AnthropicDialect(), ANTHROPIC), arguments(new GeminiDialect(), GEMINI),
				arguments(ResponsesDialect.openAi(), RESPONSES));
	}

	@ParameterizedTest
	@MethodSource("streams")
	void readsTheSameEventsWhereverAStreamIsCut(Dialect dialect, String stream) {
		byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
		assertThat(bytes).hasSizeLessThanOrEqualTo(600);
		List<EndpointEvent> whole = decode(dialect, bytes, bytes.length, bytes.length);
		assertThat(whole).contains(new EndpointEvent.Text("ü👋"))
			.anyMatch(EndpointEvent.ToolCallComplete.class::isInstance)
			.anyMatch(EndpointEvent.Finished.class::isInstance);
		for (int first = 0; first <= bytes.length; first++) {
			for (int second = first; second <= bytes.length; second++) {
				List<EndpointEvent> events = decode(dialect, bytes, first, second);
				if (!events.equals(whole)) {
					assertThat(events).as("cut at %d and %d", first, second).isEqualTo(whole);
				}
			}
		}
	}

	@ParameterizedTest
	@MethodSource("streams")
	void endsInATypedFailureUnlessAMangledStreamIsStillWhole(Dialect dialect, String stream) {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		for (int round = 0; round < ROUNDS; round++) {
			byte[] mangled = mangle(stream.getBytes(StandardCharsets.UTF_8), random);
			assertTypedFailureOrWhole(dialect, mangled, seed, round);
		}
	}

	@ParameterizedTest
	@MethodSource("streams")
	void endsInATypedFailureForEventsThatMakeNoSense(Dialect dialect, String stream) {
		long seed = new Random().nextLong();
		RandomJson json = new RandomJson(new Random(seed), stream);
		for (int round = 0; round < ROUNDS; round++) {
			byte[] nonsense = ("data: " + json.next() + "\n\ndata: " + json.next() + "\n\n")
				.getBytes(StandardCharsets.UTF_8);
			assertTypedFailureOrWhole(dialect, nonsense, seed, round);
		}
	}

	@ParameterizedTest
	@MethodSource("streams")
	void endsInATypedFailureForRandomBytes(Dialect dialect, String stream) {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		for (int round = 0; round < ROUNDS; round++) {
			byte[] garbage = new byte[random.nextInt(300)];
			random.nextBytes(garbage);
			byte[] bytes = (random.nextBoolean() ? "data: " : "").getBytes(StandardCharsets.UTF_8);
			bytes = Arrays.copyOf(bytes, bytes.length + garbage.length);
			System.arraycopy(garbage, 0, bytes, bytes.length - garbage.length, garbage.length);
			byte[] stuff = bytes;
			assertThat(catchThrowable(() -> decode(dialect, stuff, 0, stuff.length / 2)))
				.as("seed %d, round %d", seed, round)
				.isInstanceOf(EndpointException.class);
		}
	}

	private static void assertTypedFailureOrWhole(Dialect dialect, byte[] bytes, long seed, int round) {
		Throwable error = catchThrowable(() -> assertThat(decode(dialect, bytes, 0, bytes.length / 2))
			.anyMatch(EndpointEvent.Finished.class::isInstance));
		if (error != null) {
			assertThat(error).as("seed %d, round %d", seed, round).isInstanceOf(EndpointException.class);
		}
	}

	/** Drops, doubles or overwrites a few stretches. */
	private static byte[] mangle(byte[] bytes, Random random) {
		byte[] mangled = bytes;
		for (int i = random.nextInt(4); i >= 0; i--) {
			int from = random.nextInt(mangled.length + 1);
			int to = from + random.nextInt(Math.min(40, mangled.length - from + 1));
			int insert = random.nextInt(3);
			byte[] next = new byte[mangled.length - (to - from) + insert];
			System.arraycopy(mangled, 0, next, 0, from);
			for (int j = 0; j < insert; j++) {
				next[from + j] = bytes[random.nextInt(bytes.length)];
			}
			System.arraycopy(mangled, to, next, from + insert, mangled.length - to);
			mangled = next;
		}
		return mangled;
	}

	private static List<EndpointEvent> decode(Dialect dialect, byte[] bytes, int first, int second) {
		List<ServerEvent> events = new ArrayList<>();
		SseDecoder framing = new SseDecoder(MAX_EVENT);
		for (byte[] buffer : List.of(Arrays.copyOfRange(bytes, 0, first), Arrays.copyOfRange(bytes, first, second),
				Arrays.copyOfRange(bytes, second, bytes.length))) {
			framing.decode(buffer, 0, buffer.length, (event) -> !events.add(event.toEvent()));
		}
		StreamDecoder decoder = dialect.streamDecoder(new ResponseHead(200, Map.of()));
		List<EndpointEvent> decoded = new ArrayList<>();
		for (ServerEvent event : events) {
			decoded.addAll(decoder.decode(event));
			if (decoder.last(event)) {
				break;
			}
		}
		decoded.addAll(decoder.end());
		return decoded;
	}

}
