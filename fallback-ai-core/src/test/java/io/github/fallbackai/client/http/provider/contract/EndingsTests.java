// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.contract;

import java.util.Map;
import java.util.stream.Stream;

import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.Fixtures;
import io.github.fallbackai.client.http.StandardDialects;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * How answers end, in the words of any provider behind the door of any dialect.
 */
class EndingsTests {

	static Stream<Dialect> dialects() {
		return StandardDialects.all().stream();
	}

	@ParameterizedTest
	@CsvSource({ "stop, STOP", "STOP, STOP", "end_turn, STOP", "eos, STOP", "COMPLETE, STOP", "length, LENGTH",
			"MAX_TOKENS, LENGTH", "model_context_window_exceeded, LENGTH", "context_length_reached, LENGTH",
			"token_limit, LENGTH", "max_length, LENGTH", "length_limit_reached, LENGTH", "SAFETY, CONTENT_FILTER",
			"sensitive, CONTENT_FILTER", "PROHIBITED_CONTENT, CONTENT_FILTER", "guardrail_intervened, CONTENT_FILTER",
			"blocked_by_policy, CONTENT_FILTER", "LANGUAGE, OTHER", "pause_turn, OTHER", "frobnicated, OTHER" })
	void knowsEveryProvidersWords(String word, FinishReason reason) {
		dialects().forEach((dialect) -> assertThat(stopped(dialect, word, "Hi").finished())
			.isEqualTo(new EndpointEvent.Finished(reason, word)));
	}

	@ParameterizedTest
	@CsvSource({ "error, SERVER_ERROR", "network_error, SERVER_ERROR", "abort, SERVER_ERROR", "aborted, SERVER_ERROR",
			"ERROR, SERVER_ERROR", "engine_crashed, SERVER_ERROR", "timeout, SERVER_ERROR",
			"upstream_failure, SERVER_ERROR", "insufficient_system_resource, OVERLOADED",
			"MALFORMED_FUNCTION_CALL, REJECTED", "malformed_tool_use, REJECTED" })
	void failsForWordsThatAreNoEndInGoodOrder(String word, FailureKind kind) {
		dialects().forEach((dialect) -> assertThat(failure(dialect, word, "Hi")).isEqualTo(kind));
	}

	@ParameterizedTest
	@ValueSource(strings = { "SAFETY", "sensitive", "content_filter", "RECITATION" })
	void anAnswerThatThePolicyLeftEmptyIsFiltered(String word) {
		dialects().forEach((dialect) -> assertThat(failure(dialect, word, "")).isEqualTo(FailureKind.CONTENT_FILTERED));
	}

	@ParameterizedTest
	@MethodSource("dialects")
	void anEventOfTypeErrorIsAnErrorWhateverItsShape(Dialect dialect) {
		for (String data : new String[] { "{\"code\":500,\"message\":\"the slot was lost\",\"type\":\"server_error\"}",
				"{\"error\":{\"message\":\"lost\"}}", "{\"type\":\"overloaded\",\"message\":\"lost\"}", "\"lost\"",
				"lost" }) {
			StreamDecoder decoder = dialect.streamDecoder(new ResponseHead(200, Map.of()));
			chunks(dialect, null, "The first half").forEach(decoder::decode);
			FailureKind kind = catchThrowableOfType(EndpointException.class,
					() -> decoder.decode(new ServerEvent(ServerEvent.ERROR, data)))
				.failure()
				.kind();
			assertThat(kind).as(data).isIn(FailureKind.SERVER_ERROR, FailureKind.OVERLOADED);
		}
	}

	private static FailureKind failure(Dialect dialect, String word, String text) {
		return catchThrowableOfType(EndpointException.class, () -> stopped(dialect, word, text)).failure().kind();
	}

	private static AnswerSummary stopped(Dialect dialect, String word, String text) {
		return AnswerSummary
			.of(Fixtures.decode(dialect, chunks(dialect, word, text).map(ServerEvent::data).toArray(String[]::new)));
	}

	/** A text, if there is one, and an end, if there is one. */
	private static Stream<ServerEvent> chunks(Dialect dialect, String word, String text) {
		Stream<String> data = switch (dialect.provider()) {
			case "anthropic" -> Stream.of(text.isEmpty() ? null
					: "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
							+ text + "\"}}",
					(word == null) ? null
							: "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + word + "\"},\"usage\":{}}");
			case "gemini" -> Stream.of(
					text.isEmpty() ? null
							: "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + text + "\"}]}}]}",
					(word == null) ? null : "{\"candidates\":[{\"finishReason\":\"" + word + "\"}]}");
			default -> Stream.of(
					text.isEmpty() ? null : "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}",
					(word == null) ? null
							: "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + word + "\"}]}");
		};
		return data.filter((chunk) -> chunk != null).map((chunk) -> new ServerEvent(ServerEvent.MESSAGE, chunk));
	}

}
