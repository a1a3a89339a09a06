// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.chat.Annotation;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointEvent.Finished;
import io.github.fallbackai.client.EndpointEvent.Identified;
import io.github.fallbackai.client.EndpointEvent.MessageState;
import io.github.fallbackai.client.EndpointEvent.PartEnded;
import io.github.fallbackai.client.EndpointEvent.Reasoning;
import io.github.fallbackai.client.EndpointEvent.RefusalBegan;
import io.github.fallbackai.client.EndpointEvent.Text;
import io.github.fallbackai.client.EndpointEvent.ToolCallComplete;
import io.github.fallbackai.client.EndpointEvent.ToolCallProgress;
import io.github.fallbackai.client.EndpointEvent.UsageReported;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.Fixtures;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of how {@link OpenAiDialect} reads streams.
 */
class OpenAiStreamTests {

	private static final Identified IDENTIFIED = new Identified("chatcmpl-f1", "model-a-2025");

	private static final Finished STOP = new Finished(FinishReason.STOP, "stop");

	private static final Usage USAGE = new Usage(12, 7, 4L, 3L);

	private static final ToolCallProgress PROGRESS = new ToolCallProgress();

	private final List<EndpointEvent> events = new ArrayList<>();

	@Test
	void readsTextFinishReasonAndUsage() {
		assertThat(decode("text")).containsExactly(IDENTIFIED, new Text("Guten"), new Text(" Tag 👋"), STOP,
				new UsageReported(USAGE));
	}

	@Test
	void readsUsageBesideTheFinishReason() {
		assertThat(decode("usage-beside-finish")).endsWith(STOP, new UsageReported(new Usage(12, 7, null, null)));
	}

	@Test
	void takesTheRoleForNoProgress() {
		StreamDecoder decoder = new OpenAiDialect().streamDecoder(head());
		List<EndpointEvent> first = decoder.decode(Fixtures.events("openai/streams/text.sse").get(0));
		assertThat(first).containsExactly(IDENTIFIED).noneMatch(EndpointEvent::progress);
	}

	@Test
	void skipsAFirstChunkWithoutChoicesAndNames() {
		assertThat(decode("prompt-filter-first")).containsExactly(IDENTIFIED, new Text("Guten"), new Text(" Tag 👋"),
				STOP);
	}

	@Test
	void readsReasoningByEitherName() {
		assertThat(decode("reasoning-content")).containsExactly(IDENTIFIED, new Reasoning("Let me"),
				new Reasoning(" think."), thoughtIn("reasoning_content"), new Text("42"), STOP,
				new UsageReported(new Usage(10, 9, 6L, 8L)));
	}

	@Test
	void reportsEncryptedReasoningAsProgressWithoutText() {
		assertThat(decode("reasoning")).containsExactly(IDENTIFIED, new Reasoning("Let me think."), new Reasoning(""),
				thoughtIn("reasoning"), new Text("42"),
				new MessageState(new ProviderState(null, "openai",
						"{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"Let me think.\"},"
								+ "{\"type\":\"reasoning.encrypted\",\"data\":\"gAAA\"}]}")),
				STOP);
	}

	@Test
	void readsContentInParts() {
		assertThat(decode("thinking-parts")).containsExactly(IDENTIFIED, new Reasoning("Let me think."),
				thoughtIn("content"), new Text("42"), STOP);
	}

	private static PartEnded thoughtIn(String member) {
		return new PartEnded(
				new ReasoningPart("", null, null, new ProviderState(null, "openai", "{\"in\":[\"" + member + "\"]}")));
	}

	@Test
	void readsARefusalAsText() {
		assertThat(decode("refusal")).containsExactly(IDENTIFIED, new RefusalBegan(), new Text("I'm sorry,"),
				new Text(" I can't."), new PartEnded(new RefusalPart("", new ProviderState(null, "openai", "{}"))),
				new Finished(FinishReason.REFUSAL, "stop"));
	}

	@Test
	void assemblesInterleavedToolCallsByIndex() {
		assertThat(decode("tool-calls")).containsExactly(IDENTIFIED, PROGRESS, PROGRESS, PROGRESS, PROGRESS, PROGRESS,
				complete("call_a", "weather", "{\"city\":\"Oslo\"}"), complete("call_b", "time", "{\"zone\":\"CET\"}"),
				new Finished(FinishReason.TOOL_CALLS, "tool_calls"), new UsageReported(USAGE));
	}

	@Test
	void tellsToolCallsApartWithoutAnIndex() {
		assertThat(decode("tool-calls-without-index")).contains(complete("a1", "weather", "{\"city\":\"Oslo\"}"),
				complete("b2", "time", "{}"));
	}

	@Test
	void tellsToolCallsApartThatAllHaveIndexZero() {
		assertThat(decode("tool-calls-all-index-zero")).contains(complete("a1", "weather", "{\"city\":\"Oslo\"}"),
				complete("b2", "time", "{}"), new Finished(FinishReason.TOOL_CALLS, "stop"));
	}

	@Test
	void doesNotRepeatWhatEveryFragmentRepeats() {
		assertThat(decode("tool-call-repeating-its-name")).contains(complete("a1", "weather", "{\"city\":\"Oslo\"}"));
	}

	@Test
	void dropsAToolCallThatTheTokenLimitCut() {
		assertThat(decode("tool-call-cut-by-length")).endsWith(PROGRESS, new Finished(FinishReason.LENGTH, "length"))
			.noneMatch(ToolCallComplete.class::isInstance);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text-without-done", "error-after-finish" })
	void isCompleteOnceAFinishReasonCame(String fixture) {
		assertThat(decode(fixture)).endsWith(new Text(" Tag 👋"), STOP);
	}

	@Test
	void isCompleteAtDoneIfThereWasContent() {
		assertThat(decode("done-without-finish")).endsWith(new Text(" Tag 👋"), new Finished(FinishReason.STOP, null));
	}

	@Test
	void keepsTheProvidersWordForAReasonItDoesNotKnow() {
		assertThat(new AnswerDecoder(head())
			.decode(ProviderJson.read("{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"tired\"}]}")))
			.endsWith(new Finished(FinishReason.OTHER, "tired"));
	}

	@ParameterizedTest
	@CsvSource({ "STOP, STOP", "MAX_TOKENS, LENGTH", "Length, LENGTH" })
	void readsReasonsInAnyCase(String raw, FinishReason reason) {
		assertThat(Fixtures.decode(new OpenAiDialect(),
				"{\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"" + raw + "\"}]}"))
			.endsWith(new Finished(reason, raw));
	}

	@ParameterizedTest
	@CsvSource({ "429, RATE_LIMITED", "true, SERVER_ERROR", "-1, SERVER_ERROR" })
	void readsErrorsThatAreNeitherObjectNorText(String error, FailureKind kind) {
		assertThat(catchThrowableOfType(EndpointException.class,
				() -> Fixtures.decode(new OpenAiDialect(), "{\"error\":" + error + "}", "[DONE]"))
			.failure()
			.kind()).isEqualTo(kind);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "false", "null", "\"\"", "{}" })
	void takesAnEmptyErrorForNone(String error) {
		assertThat(Fixtures.decode(new OpenAiDialect(),
				"{\"error\":" + error + ",\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}"))
			.containsExactly(new Text("a"), STOP);
	}

	@Test
	void deliversWhatThePolicyCut() {
		assertThat(decode("content-filter-after-content"))
			.endsWith(new Finished(FinishReason.CONTENT_FILTER, "content_filter"));
	}

	@ParameterizedTest
	@CsvSource({ "truncated, CONNECTION_LOST", "done-at-once, EMPTY_RESPONSE", "malformed, INVALID_RESPONSE",
			"tool-call-malformed, INVALID_RESPONSE", "content-filter-before-content, CONTENT_FILTERED",
			"error-after-text, SERVER_ERROR", "error-event, RATE_LIMITED", "error-numeric-code, SERVER_ERROR",
			"error-within-choice, RATE_LIMITED", "error-as-text, SERVER_ERROR", "finish-error, SERVER_ERROR",
			"finish-insufficient-resource, OVERLOADED", "vllm-error, SERVER_ERROR",
			"llama-cpp-error, CONTEXT_LENGTH_EXCEEDED" })
	void failsWithTheKindOfItsError(String fixture, FailureKind kind) {
		Failure failure = failureOf(fixture);
		assertThat(failure.kind()).isEqualTo(kind);
		assertThat(failure.httpStatus()).isEqualTo(200);
		assertThat(failure.requestId()).isEqualTo("req-1");
	}

	@Test
	void deliversWhatCameBeforeAnError() {
		failureOf("error-after-text");
		assertThat(this.events).containsExactly(IDENTIFIED, new Text("Guten"), new Text(" Tag 👋"));
	}

	@Test
	void keepsTheProvidersWordsOutOfTheMessage() {
		EndpointException error = catchThrowableOfType(EndpointException.class, () -> decode("error-event"));
		assertThat(error).hasMessage("RATE_LIMITED, HTTP 200, rate_limit_exceeded");
		assertThat(error.failure().providerMessage()).isEqualTo("Rate limit reached");
	}

	@Test
	void readsUsageWhereGroqPutIt() {
		assertThat(decode("groq-usage")).endsWith(STOP, new UsageReported(new Usage(12, 7, null, null)));
	}

	@Test
	void readsAnnotationsOnce() {
		String note = "{\"type\":\"url_citation\",\"url_citation\":{\"start_index\":0,\"end_index\":2,\"title\":\"A page\","
				+ "\"url\":\"https://example.org/a\"}}";
		assertThat(
				Fixtures.decode(new OpenAiDialect(), "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}",
						"{\"choices\":[{\"index\":0,\"delta\":{\"annotations\":[" + note + "]}}]}",
						"{\"choices\":[{\"index\":0,\"delta\":{\"annotations\":[" + note
								+ "]},\"finish_reason\":\"stop\"}]}",
						"[DONE]"))
			.containsExactly(new EndpointEvent.Text("Hi"), new EndpointEvent.Annotated(
					new Annotation("url_citation", "https://example.org/a", "A page", note)), STOP);
	}

	@Test
	void readsUsageBesideTheFinishReasonWithinTheChoice() {
		assertThat(Fixtures.decode(new OpenAiDialect(), "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}",
				"{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\",\"usage\":{\"prompt_tokens\":40,"
						+ "\"completion_tokens\":2,\"total_tokens\":42,\"cached_tokens\":32}}]}",
				"[DONE]"))
			.endsWith(STOP, new UsageReported(new Usage(40, 2, 32L, null)));
	}

	@Test
	void readsUsageWithTheNamesOfOtherFormats() {
		assertThat(Fixtures.decode(new OpenAiDialect(),
				"{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}",
				"{\"choices\":[],\"usage\":{\"input_tokens\":7,\"output_tokens\":3}}", "[DONE]"))
			.endsWith(STOP, new UsageReported(new Usage(7, 3, null, null)));
	}

	@Test
	void knowsTogethersWordForARegularStop() {
		assertThat(decode("together-eos")).endsWith(new Finished(FinishReason.STOP, "eos"));
	}

	@Test
	void skipsComments() {
		assertThat(decode("comments-between")).containsExactly(IDENTIFIED, new Text("Hi"), STOP);
	}

	@Test
	void readsTheOnlyChoiceWhateverItsIndex() {
		List<EndpointEvent> events = Fixtures.decode(new OpenAiDialect(),
				"{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"Hel\"}}]}",
				"{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"another\"}},{\"index\":1,\"delta\":{\"content\":\"lo\"}}]}",
				"{\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"stop\"}]}");
		assertThat(events).containsExactly(new Text("Hel"), new Text("lo"), STOP);
	}

	private Failure failureOf(String fixture) {
		return catchThrowableOfType(EndpointException.class, () -> decode(fixture)).failure();
	}

	private List<EndpointEvent> decode(String fixture) {
		StreamDecoder decoder = new OpenAiDialect().streamDecoder(head());
		for (ServerEvent event : Fixtures.events("openai/streams/" + fixture + ".sse")) {
			this.events.addAll(decoder.decode(event));
		}
		this.events.addAll(decoder.end());
		assertThat(decoder.finished()).isTrue();
		return this.events;
	}

	private static ToolCallComplete complete(String id, String name, String arguments) {
		return new ToolCallComplete(new ToolCall(id, name, arguments));
	}

	private static ResponseHead head() {
		return new ResponseHead(200, Map.of("Content-Type", "text/event-stream", "x-request-id", "req-1"));
	}

}
