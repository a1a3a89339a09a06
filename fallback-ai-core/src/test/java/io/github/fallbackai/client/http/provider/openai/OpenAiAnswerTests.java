// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointEvent.Finished;
import io.github.fallbackai.client.EndpointEvent.Identified;
import io.github.fallbackai.client.EndpointEvent.PartEnded;
import io.github.fallbackai.client.EndpointEvent.Reasoning;
import io.github.fallbackai.client.EndpointEvent.RefusalBegan;
import io.github.fallbackai.client.EndpointEvent.Text;
import io.github.fallbackai.client.EndpointEvent.ToolCallComplete;
import io.github.fallbackai.client.EndpointEvent.UsageReported;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.Fixtures;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of how {@link OpenAiDialect} reads answers in one piece.
 */
class OpenAiAnswerTests {

	private static final ResponseHead HEAD = new ResponseHead(200, Map.of("Content-Type", "application/json"));

	private static final Identified IDENTIFIED = new Identified("chatcmpl-f1", "model-a-2025");

	private static final Finished STOP = new Finished(FinishReason.STOP, "stop");

	private static final UsageReported USAGE = new UsageReported(new Usage(12, 7, 4L, 3L));

	@Test
	void readsTheSameEventsAsFromAStream() {
		assertThat(decode("text")).containsExactly(IDENTIFIED, new Text("Guten Tag 👋"), STOP, USAGE);
		assertThat(decode("refusal")).containsExactly(IDENTIFIED, new RefusalBegan(), new Text("I'm sorry, I can't."),
				new PartEnded(new RefusalPart("", new ProviderState(null, "openai", "{}"))),
				new Finished(FinishReason.REFUSAL, "stop"), USAGE);
		assertThat(decode("reasoning")).containsExactly(IDENTIFIED, new Reasoning("Let me think."),
				new PartEnded(new ReasoningPart("", null, null,
						new ProviderState(null, "openai", "{\"in\":[\"reasoning_content\"]}"))),
				new Text("42"), STOP, USAGE);
	}

	@Test
	void readsToolCallsWhoseArgumentsAreTextOrAnObject() {
		assertThat(decode("tool-calls")).contains(
				new ToolCallComplete(new ToolCall("call_a", "weather", "{\"city\":\"Oslo\"}")),
				new ToolCallComplete(new ToolCall("call_b", "time", "{\"zone\":\"CET\"}")),
				new Finished(FinishReason.TOOL_CALLS, "tool_calls"));
	}

	@Test
	void takesTheEndOfTheBodyForTheEndOfTheAnswer() {
		assertThat(decode("without-finish-reason")).contains(new Text("Hi"), new Finished(FinishReason.STOP, null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			<html><body>Login</body></html>                                    | INVALID_RESPONSE
			Welcome                                                            | INVALID_RESPONSE
			``                                                                 | INVALID_RESPONSE
			null                                                               | INVALID_RESPONSE
			[]                                                                 | INVALID_RESPONSE
			{}                                                                 | INVALID_RESPONSE
			{"choices":[{"index":0,"message":{"content":"cu                    | INVALID_RESPONSE
			{"choices":[]}                                                     | EMPTY_RESPONSE
			{"choices":[{"message":{"content":""}}]}                           | EMPTY_RESPONSE
			{"error":{"message":"x","code":"insufficient_quota"}}              | QUOTA_EXHAUSTED
			{"error":{"message":"x","code":503}}                               | OVERLOADED
			{"error":"out of memory"}                                          | SERVER_ERROR
			{"choices":[{"error":{"code":402,"message":"x"},"message":{}}]}    | QUOTA_EXHAUSTED
			""")
	void failsForWhatIsNoAnswer(String body, FailureKind kind) {
		EndpointException error = catchThrowableOfType(EndpointException.class,
				() -> new OpenAiDialect().decodeUnary(HEAD, body.getBytes(StandardCharsets.UTF_8)));
		assertThat(error.failure().kind()).isEqualTo(kind);
	}

	@Test
	void countsReasoningThatXaiLeavesOutOfTheCompletionAsOutput() {
		String body = """
				{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}],
				"usage":{"prompt_tokens":300,"completion_tokens":20,"total_tokens":520,
				"completion_tokens_details":{"reasoning_tokens":200}}}""";
		assertThat(new OpenAiDialect().decodeUnary(HEAD, body.getBytes(StandardCharsets.UTF_8)))
			.contains(new UsageReported(new Usage(300, 220, null, 200L)));
	}

	private static List<EndpointEvent> decode(String fixture) {
		return new OpenAiDialect().decodeUnary(HEAD, Fixtures.bytes("openai/answers/" + fixture + ".json"))
			.stream()
			.filter((event) -> !(event instanceof EndpointEvent.ToolCallProgress))
			.toList();
	}

}
