// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.contract;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.Fixtures;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.provider.anthropic.AnthropicDialect;
import io.github.fallbackai.client.http.provider.gemini.GeminiDialect;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What follows a finish reason belongs to the answer, too.
 */
class EarlyFinishTests {

	private static final String DONE = "[DONE]";

	private final Dialect openAi = new OpenAiDialect();

	private final Dialect anthropic = new AnthropicDialect();

	private final Dialect gemini = new GeminiDialect();

	@Test
	void readsOnWhenEveryChunkHasAFinishReason() {
		AnswerSummary answer = decode(this.openAi, chunk("{\"content\":\"Hi \"}", "\"stop\""),
				chunk("{\"content\":\"there\"}", "\"length\""), DONE);
		assertThat(answer.text()).isEqualTo("Hi there");
		assertThat(answer.finished()).isEqualTo(new EndpointEvent.Finished(FinishReason.LENGTH, "length"));
	}

	@Test
	void readsOnWhenEveryResponseHasAFinishReason() {
		AnswerSummary answer = decode(this.gemini, response("Hello ", "STOP", 1), response("world", "STOP", 2));
		assertThat(answer.text()).isEqualTo("Hello world");
		assertThat(answer.usage()).isEqualTo(new Usage(5, 2, null, null));
	}

	@Test
	void readsOnInAnArrayWhoseResponsesAllHaveAFinishReason() {
		String array = "[" + response("Hello ", "STOP", 1) + "," + response("world", "STOP", 2) + "]";
		assertThat(AnswerSummary.of(this.gemini.decodeUnary(head(), array.getBytes(StandardCharsets.UTF_8))).text())
			.isEqualTo("Hello world");
	}

	@Test
	void readsOnAfterAStopReason() {
		AnswerSummary answer = decode(this.anthropic, textDelta("Hello "), stopReason("end_turn"), textDelta("world"),
				stopReason("max_tokens"), "{\"type\":\"message_stop\"}");
		assertThat(answer.text()).isEqualTo("Hello world");
		assertThat(answer.finished()).isEqualTo(new EndpointEvent.Finished(FinishReason.LENGTH, "max_tokens"));
	}

	@Test
	void keepsTheReasonWhenTheMarkerFollowsWithoutAnother() {
		AnswerSummary answer = decode(this.openAi, chunk("{\"content\":\"Hi \"}", "\"stop\""),
				chunk("{\"content\":\"there\"}", "null"), DONE);
		assertThat(answer.text()).isEqualTo("Hi there");
		assertThat(answer.finished()).isEqualTo(new EndpointEvent.Finished(FinishReason.STOP, "stop"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"null\"", "\"\"", "null" })
	void takesAReasonThatSaysNothingForNone(String reason) {
		String[] data = { chunk("{\"content\":\"Hi \"}", reason), chunk("{\"content\":\"there\"}", reason) };
		assertThat(failure(this.openAi, data)).isEqualTo(FailureKind.CONNECTION_LOST);
	}

	@Test
	void takesAnUnspecifiedReasonForNone() {
		assertThat(failure(this.gemini, response("Hello ", "FINISH_REASON_UNSPECIFIED", 1)))
			.isEqualTo(FailureKind.CONNECTION_LOST);
	}

	@Test
	void readsAnAnswerAfterAnEmptyBlockWithAReason() {
		assertThat(decode(this.openAi, chunk("{\"content\":\"\"}", "\"stop\""),
				chunk("{\"content\":\"Hi\"}", "\"stop\""), DONE)
			.text()).isEqualTo("Hi");
	}

	@Test
	void readsAToolCallAfterAFinishReason() {
		AnswerSummary answer = decode(this.openAi, chunk("{\"content\":\"Let me see\"}", "\"stop\""), toolChunk("a"),
				toolChunk("b"), DONE);
		assertThat(answer.toolCalls()).containsExactly(new ToolCall("a", "now", "{}"), new ToolCall("b", "now", "{}"));
	}

	@Test
	void refusesAToolCallThatGrowsAfterItWasDelivered() {
		String more = "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\":1}\"}}]}";
		String first = "{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"now\",\"arguments\":\"\"}}]}";
		assertThat(failure(this.openAi, chunk(first, "\"stop\""), chunk(more, "\"stop\""), DONE))
			.isEqualTo(FailureKind.INVALID_RESPONSE);
	}

	@Test
	void repeatsNeitherReasonsNorTextThatSumUp() {
		String summary = "{\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}";
		assertThat(Fixtures.decode(this.openAi, chunk("{\"content\":\"Hi\"}", "\"stop\""), chunk("{}", "\"stop\""),
				summary, DONE))
			.containsExactly(new EndpointEvent.Text("Hi"), new EndpointEvent.Finished(FinishReason.STOP, "stop"));
	}

	@Test
	void passesOverASecondMessageAfterACompleteOne() {
		String start = "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"model\":\"m\"}}";
		assertThat(decode(this.anthropic, start, textDelta("Hello"), stopReason("end_turn"), start, textDelta("Hello"))
			.text()).isEqualTo("Hello");
	}

	@Test
	void anErrorAfterMoreContentIsAnErrorAgain() {
		assertThat(failure(this.openAi, chunk("{\"content\":\"Hi \"}", "\"stop\""),
				chunk("{\"content\":\"there\"}", "null"), "{\"error\":{\"type\":\"server_error\",\"message\":\"x\"}}"))
			.isEqualTo(FailureKind.SERVER_ERROR);
		assertThat(failure(this.gemini, response("Hello ", "STOP", 1), response("world", "", 2)))
			.isEqualTo(FailureKind.CONNECTION_LOST);
	}

	@Test
	void isNotFinishedWhileMoreContentComes() {
		StreamDecoder decoder = this.openAi.streamDecoder(head());
		decoder.decode(Fixtures.data(chunk("{\"content\":\"Hi \"}", "\"stop\"")).get(0));
		assertThat(decoder.finished()).isTrue();
		decoder.decode(Fixtures.data(chunk("{\"content\":\"there\"}", "null")).get(0));
		assertThat(decoder.finished()).isFalse();
	}

	private static AnswerSummary decode(Dialect dialect, String... data) {
		return AnswerSummary.of(Fixtures.decode(dialect, data));
	}

	private static FailureKind failure(Dialect dialect, String... data) {
		return catchThrowableOfType(EndpointException.class, () -> Fixtures.decode(dialect, data)).failure().kind();
	}

	private static String chunk(String delta, String reason) {
		return "{\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + reason + "}]}";
	}

	private static String toolChunk(String id) {
		return chunk("{\"tool_calls\":[{\"id\":\"" + id + "\",\"function\":{\"name\":\"now\",\"arguments\":\"{}\"}}]}",
				"\"tool_calls\"");
	}

	private static String response(String text, String reason, int tokens) {
		return "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + text + "\"}]},\"finishReason\":\"" + reason
				+ "\"}],\"usageMetadata\":{\"promptTokenCount\":5,\"candidatesTokenCount\":" + tokens + "}}";
	}

	private static String textDelta(String text) {
		return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text
				+ "\"}}";
	}

	private static String stopReason(String reason) {
		return "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + reason + "\"}}";
	}

	private static ResponseHead head() {
		return new ResponseHead(200, Map.of());
	}

}
