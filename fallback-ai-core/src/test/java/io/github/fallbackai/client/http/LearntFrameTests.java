// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.fallbackai.client.http.FrameComparison.Data;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.anthropic.AnthropicDialect;
import io.github.fallbackai.client.http.provider.gemini.GeminiDialect;
import io.github.fallbackai.client.http.provider.openai.AzureOpenAiDialect;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.client.http.wire.ServerEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests that a stream means the same whether or not what its events have in common is
 * learnt.
 */
class LearntFrameTests {

	private static final int ROUNDS = 4_000;

	private static final List<String> PIECES = List.of("a", " ", "Hello", "ü", "👋", "世界", "\\n", "\\\"", "\\\\", "\\/",
			"\\u00fC", "\\uD83D", "\\uDC4B", "\\u12", "\\x", "\\", "\"", "\u0001", "\uFFFD", "\u007F", "content",
			"stop", "{}", "");

	private static final String OPEN_AI = """
			{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}],"usage":null}
			{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"Hi"}}],"obfuscation":"xYz012"}
			{"choices":[{"delta":{"content":"Hi","content":"ho"}}]}
			{"choices":[{"delta":{"reasoning_content":"Hm","content":null}}]}
			{"choices":[{"delta":{"content":[{"type":"text","text":"Hi"}]}}]}
			{"choices":[{"delta": {"content": "Hi"}}], "obfuscation": "xYz"}
			{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"t","arguments":"{}"}}]}}]}
			{"choices":[{"delta":{"refusal":"No"}}]}
			{"choices":[{"delta":{},"finish_reason":"stop"}]}
			{"choices":[{"message":{"content":"Hi"}}]}
			{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":1}}""";

	private static final String ANTHROPIC = """
			{"type":"message_start","message":{"id":"c","model":"m","usage":{"input_tokens":1,"output_tokens":1}}}
			{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"Hi"}}
			{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}
			{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}}
			{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}
			{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}""";

	private static final String GEMINI = """
			{"candidates":[{"content":{"parts":[{"text":"Hi"}]}}],"responseId":"c","modelVersion":"m"}
			{"candidates":[{"content":{"parts":[{"text":"Hm","thought":true}]}}],"responseId":"c"}
			{"candidates":[{"content":{"parts":[{"text":"Hi"}]}}],"usageMetadata":{"promptTokenCount":1}}
			{"candidates":[{"finishReason":"STOP"}]}""";

	static Stream<Arguments> dialects() {
		return Stream.of(arguments(new OpenAiDialect(), OPEN_AI), arguments(new AzureOpenAiDialect(), OPEN_AI),
				arguments(new AnthropicDialect(), ANTHROPIC), arguments(new GeminiDialect(), GEMINI));
	}

	@ParameterizedTest
	@MethodSource("dialects")
	void aStreamMeansTheSameHoweverItsEventsAreMangled(Dialect dialect, String events) {
		long seed = new Random().nextLong();
		Random random = new Random(seed);
		FrameComparison comparison = new FrameComparison(dialect);
		List<byte[]> lines = events.lines().map((line) -> line.getBytes(StandardCharsets.UTF_8)).toList();
		for (int round = 0; round < ROUNDS; round++) {
			List<Data> stream = stream(lines, random);
			assertThat(comparison.learning(stream)).as("seed %d, round %d", seed, round)
				.isEqualTo(comparison.parsing(stream));
		}
		assertThat(comparison.chunks().recognised()).isGreaterThan(ROUNDS / 5);
	}

	@ParameterizedTest
	@MethodSource("dialects")
	void recognisesAllButTheFirstEventsOfAText(Dialect dialect, String events) {
		String line = events.lines()
			.filter((each) -> each.contains("\"Hi\"") && !each.contains("_start"))
			.findFirst()
			.get();
		FrameComparison comparison = new FrameComparison(dialect);
		List<Data> stream = IntStream.range(0, 200)
			.mapToObj((i) -> data(line.replace("Hi", "number " + i + "\\n")))
			.toList();
		assertThat(comparison.learning(stream)).isEqualTo(comparison.parsing(stream)).contains("text: number 199\n");
		assertThat(comparison.chunks().recognised()).isGreaterThanOrEqualTo(198);
		assertThat(comparison.chunks().parsed()).isLessThanOrEqualTo(2);
	}

	/** Each is a part of its own, to which citations may belong. */
	@Test
	void aBlockThatBeginsLikeTheOneBeforeIsAnother() {
		String begin = "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"%s\"}}";
		FrameComparison comparison = new FrameComparison(new AnthropicDialect());
		List<Data> stream = Stream.of("One", "Two", "Three").map((text) -> data(begin.formatted(text))).toList();
		assertThat(comparison.learning(stream)).isEqualTo(comparison.parsing(stream)).contains("text: Three");
	}

	@Test
	void recognisesEventsWithPadding() {
		String line = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}],\"usage\":null,\"obfuscation\":\"%s\"}";
		FrameComparison comparison = new FrameComparison(new OpenAiDialect());
		List<Data> stream = IntStream.range(0, 50)
			.mapToObj((i) -> data(line.formatted("more".repeat(1 + i % 3), "p".repeat(i % 7))))
			.toList();
		assertThat(comparison.learning(stream)).isEqualTo(comparison.parsing(stream));
		assertThat(comparison.chunks().recognised()).isGreaterThanOrEqualTo(48);
	}

	@Test
	void learnsNothingFromATextThatStandsThereTwice() {
		String line = "{\"id\":\"%s\",\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}";
		FrameComparison comparison = new FrameComparison(new OpenAiDialect());
		List<Data> stream = List.of(data(line.formatted("a", "x")), data(line.formatted("b", "b")),
				data(line.formatted("c", "b")), data(line.formatted("b", "c")), data(line.formatted("b", "d")));
		assertThat(comparison.learning(stream)).isEqualTo(comparison.parsing(stream));
	}

	@Test
	void anEventAfterTheEndIsParsed() {
		FrameComparison comparison = new FrameComparison(new OpenAiDialect());
		String more = "{\"choices\":[{\"message\":{\"content\":\"more\"}}]}";
		List<Data> stream = List.of(data(more), data(more), data(more),
				data("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}"), data(more), data(more));
		assertThat(comparison.learning(stream)).isEqualTo(comparison.parsing(stream)).contains("complete: true");
	}

	private static List<Data> stream(List<byte[]> lines, Random random) {
		List<Data> stream = new ArrayList<>();
		byte[] line = lines.get(random.nextInt(lines.size()));
		for (int i = random.nextInt(12); i >= 0; i--) {
			if (random.nextInt(4) == 0) {
				line = lines.get(random.nextInt(lines.size()));
			}
			byte[] data = (random.nextInt(6) == 0) ? mangled(line, random) : withOtherText(line, random);
			stream.add(Data.of((random.nextInt(30) == 0) ? ServerEvent.ERROR : ServerEvent.MESSAGE, data));
		}
		return stream;
	}

	/** Mostly the text is replaced, or the padding, now and then another string. */
	private static byte[] withOtherText(byte[] line, Random random) {
		String json = new String(line, StandardCharsets.UTF_8);
		StringBuilder text = new StringBuilder();
		for (int i = random.nextInt(4); i >= 0; i--) {
			text.append(PIECES.get(random.nextInt((random.nextInt(3) == 0) ? PIECES.size() : 11)));
		}
		String[] texts = { "\"Hi\"", "\"Hm\"", "\"xYz012\"", "\"c\"", "\"m\"" };
		String replaced = texts[random.nextInt((random.nextInt(3) == 0) ? texts.length : 2)];
		return json.replace(replaced, "\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] mangled(byte[] line, Random random) {
		byte[] mangled = withOtherText(line, random);
		int at = random.nextInt(mangled.length);
		switch (random.nextInt(3)) {
			case 0 -> mangled[at] = (byte) random.nextInt(256);
			case 1 -> mangled = Arrays.copyOf(mangled, at + 1);
			default -> {
				byte[] shorter = Arrays.copyOf(mangled, mangled.length - 1);
				System.arraycopy(mangled, at + 1, shorter, at, shorter.length - at);
				mangled = shorter;
			}
		}
		return mangled;
	}

	private static Data data(String json) {
		return Data.of(ServerEvent.MESSAGE, json.getBytes(StandardCharsets.UTF_8));
	}

}
