// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.HttpEndpointClient;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.suite.Patience;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client makes of an answer, in the words that a test compares. Ids that the
 * library makes up are left out.
 *
 * @param text the text
 * @param reasoning the reasoning
 * @param toolCalls name and arguments of the complete tool calls
 * @param finished how the answer ended, {@code null} if it did not
 * @param failure how it failed, {@code null} if it did not
 */
record ReadAnswer(String text, String reasoning, List<String> toolCalls, EndpointEvent.@Nullable Finished finished,
		@Nullable Failure failure) {

	/** The words of all providers for the normal end of an answer. */
	private static final Set<String> STOP = Set.of("stop", "eos", "eos_token", "end_turn", "stop_sequence", "complete",
			"completed");

	private static final Set<String> TOOLS = Set.of("tool_calls", "function_call", "tool_use", "tool_call");

	private static final Duration LONG = Duration.ofMinutes(1);

	/** Has a client read bytes. */
	static ReadAnswer of(Dialect dialect, ResponseHead head, byte[] body, Pieces pieces) {
		Endpoint endpoint = Endpoint.named("primary")
			.url(URI.create("http://127.0.0.1:1/openai/deployments/d"))
			.model("m")
			.limits(Patience.LIMITS)
			.build();
		List<EndpointEvent> events = new ArrayList<>();
		Failure failure = null;
		try {
			HttpEndpointClient.of(dialect, new CannedWire(head, body, pieces))
				.exchange(new EndpointRequest(endpoint, ChatRequest.of("Hi"), true))
				.doOnNext(events::add)
				.blockLast(LONG);
		}
		catch (EndpointException ex) {
			failure = ex.failure();
		}
		return of(events, failure);
	}

	static ReadAnswer of(List<EndpointEvent> events, @Nullable Failure failure) {
		StringBuilder text = new StringBuilder();
		StringBuilder reasoning = new StringBuilder();
		List<String> toolCalls = new ArrayList<>();
		EndpointEvent.Finished finished = null;
		for (EndpointEvent event : events) {
			finished = event.progress() ? null : finished;
			if (event instanceof EndpointEvent.Text more) {
				text.append(more.text());
			}
			else if (event instanceof EndpointEvent.Reasoning more) {
				reasoning.append(more.text());
			}
			else if (event instanceof EndpointEvent.ToolCallComplete complete) {
				ToolCall call = complete.toolCall();
				toolCalls.add(call.name() + ' ' + call.arguments());
			}
			else if (event instanceof EndpointEvent.Finished end) {
				finished = end;
			}
			else if (event instanceof EndpointEvent.Identified named) {
				assertFitsIntoALine(named.id(), EndpointEvent.LONGEST_ID);
				assertFitsIntoALine(named.model(), EndpointEvent.LONGEST_NAME);
			}
		}
		return new ReadAnswer(text.toString(), reasoning.toString(), toolCalls, finished, failure);
	}

	/** Fails unless every answer has one end, and one that its words justify. */
	void check() {
		if (this.failure != null) {
			assertThat(this.failure.kind()).isNotEqualTo(FailureKind.LOCAL);
			assertFitsIntoALine(this.failure.toString(), 500);
			Duration wait = this.failure.retryAfter();
			assertThat(wait == null || (!wait.isNegative() && !wait.isZero() && wait.toDays() <= 365)).isTrue();
			return;
		}
		assertThat(this.finished).as("an answer that does not fail ends").isNotNull();
		String word = (this.finished.raw() != null) ? this.finished.raw().toLowerCase(Locale.ROOT) : null;
		FinishReason reason = this.finished.reason();
		if (word != null && (reason == FinishReason.STOP || reason == FinishReason.REFUSAL)) {
			assertThat(STOP).contains(word);
		}
		if (word != null && reason == FinishReason.TOOL_CALLS) {
			assertThat(STOP.contains(word) || TOOLS.contains(word)).as(word).isTrue();
		}
		assertFitsIntoALine(this.finished.raw(), EndpointEvent.LONGEST_NAME);
	}

	private static void assertFitsIntoALine(@Nullable String name, int longest) {
		if (name != null) {
			assertThat(name.length()).isLessThanOrEqualTo(longest);
			assertThat(name.codePoints().allMatch(ReadAnswer::fits)).as("characters of a name").isTrue();
		}
	}

	private static boolean fits(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
					Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

}
