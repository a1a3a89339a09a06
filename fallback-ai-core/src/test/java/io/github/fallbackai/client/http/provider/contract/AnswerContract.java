// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.contract;

import java.util.List;
import java.util.Map;

import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
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
 * How every dialect reads answers, streamed and in one piece.
 */
interface AnswerContract extends DialectFixtures {

	/** The ids of the calls in the fixture {@code tool-calls}. */
	List<String> toolCallIds();

	/** The provider's own words. */
	Map<FinishReason, String> finishReasons();

	/** What every text reports, as far as the provider does. */
	default Usage usage() {
		return new Usage(12, 7, 4L, 3L);
	}

	@Test
	default void readsText() {
		AnswerSummary answer = streamed("text");
		assertThat(answer.identified().id()).isNotBlank();
		assertThat(answer.identified().model()).isEqualTo("model-a-2025");
		assertThat(answer.text()).isEqualTo("Guten Tag 👋");
		assertThat(answer.finished()).isEqualTo(finished(FinishReason.STOP));
		assertThat(answer.usage()).isEqualTo(usage());
		assertThat(unary("text")).isEqualTo(answer);
	}

	@Test
	default void readsParallelToolCalls() {
		AnswerSummary answer = streamed("tool-calls");
		assertThat(answer.text()).isEmpty();
		assertThat(answer.toolCalls()).containsExactly(
				new ToolCall(toolCallIds().get(0), "weather", "{\"city\":\"Oslo\"}"),
				new ToolCall(toolCallIds().get(1), "time", "{\"zone\":\"CET\"}"));
		assertThat(answer.finished()).isEqualTo(finished(FinishReason.TOOL_CALLS));
		assertThat(unary("tool-calls")).isEqualTo(answer);
	}

	@Test
	default void readsReasoning() {
		AnswerSummary answer = streamed("reasoning");
		assertThat(answer.reasoning()).isEqualTo("Let me think.");
		assertThat(answer.text()).isEqualTo("42");
		assertThat(unary("reasoning").withoutUsage()).isEqualTo(answer.withoutUsage());
	}

	@ParameterizedTest
	@CsvSource({ "length, LENGTH", "content-filter-after-content, CONTENT_FILTER" })
	default void deliversWhatCameBeforeTheAnswerWasCut(String fixture, FinishReason reason) {
		AnswerSummary answer = streamed(fixture);
		assertThat(answer.text()).isEqualTo("Guten Tag 👋");
		assertThat(answer.finished()).isEqualTo(finished(reason));
		assertThat(unary(fixture).withoutUsage()).isEqualTo(answer.withoutUsage());
	}

	@Test
	default void finishesAnAnswerWithoutContent() {
		AnswerSummary answer = streamed("empty");
		assertThat(answer.text()).isEmpty();
		assertThat(answer.finished()).isEqualTo(finished(FinishReason.STOP));
		assertThat(unary("empty").withoutUsage()).isEqualTo(answer.withoutUsage());
	}

	@Test
	default void takesNothingForProgressBeforeTheFirstWord() {
		List<EndpointEvent> events = decodeStream("text");
		int first = events.indexOf(new EndpointEvent.Text("Guten"));
		assertThat(events.subList(0, first)).isNotEmpty().noneMatch(EndpointEvent::progress);
	}

	@ParameterizedTest
	@CsvSource({ "truncated, CONNECTION_LOST", "malformed, INVALID_RESPONSE",
			"content-filter-before-content, CONTENT_FILTERED", "error-after-text, SERVER_ERROR",
			"error-event, RATE_LIMITED", "error-overloaded, OVERLOADED" })
	default void failsWithinAStream(String fixture, FailureKind kind) {
		EndpointException error = catchThrowableOfType(EndpointException.class, () -> decodeStream(fixture));
		Failure failure = error.failure();
		assertThat(failure.kind()).isEqualTo(kind);
		assertThat(failure.httpStatus()).isEqualTo(200);
		if (failure.providerMessage() != null) {
			assertThat(error.getMessage()).doesNotContain(failure.providerMessage());
		}
	}

	@Test
	default void isCompleteAfterAFinishReasonWhateverComesThen() {
		assertThat(streamed("error-after-finish").text()).isEqualTo("Guten Tag 👋");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{}", "42", "\"text\"", "Welcome", "<html>Login</html>", "{\"a\":[" })
	default void takesWhatIsNoAnswerForInvalid(String body) {
		assertThat(unaryFailure(body).kind()).isEqualTo(FailureKind.INVALID_RESPONSE);
	}

	@Test
	default void refusesAnAnswerThatAPolicyEmptied() {
		assertThat(unaryFailure(payload("answers/content-filter-before-content.json")).kind())
			.isEqualTo(FailureKind.CONTENT_FILTERED);
	}

	private EndpointEvent.Finished finished(FinishReason reason) {
		return new EndpointEvent.Finished(reason, finishReasons().get(reason));
	}

}
