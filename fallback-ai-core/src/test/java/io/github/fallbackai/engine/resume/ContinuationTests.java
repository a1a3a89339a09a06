// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.resume;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How an endpoint is asked to go on, and when nothing may be left to say.
 */
class ContinuationTests {

	@ParameterizedTest
	@ValueSource(strings = { "All of it.", "Really? ", "He said \"stop!\"\n", "(That is all.)", "**Done.**", "終わり。",
			"Well…", "```java\nrun();\n```\n" })
	void anAnswerThatEndsLikeASentenceMayBeWhole(String delivered) {
		assertThat(continuation(delivered, 0).mayBeWhole()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "Half of", "The options are:", "first, ", "a (", "one - ", "| cell |", "**", "\"",
			"3 +", "semi;" })
	void anAnswerThatEndsOtherwiseIsCut(String delivered) {
		assertThat(continuation(delivered, 0).mayBeWhole()).isFalse();
	}

	@Test
	void nothingButWhiteSpaceIsNotSentAndNotRepeated() {
		ChatRequest request = ChatRequest.of("hello");
		Continuation continuation = Continuation.blank(request, "\n\n");

		assertThat(continuation.request()).isSameAs(request);
		assertThat(continuation.mayBeWhole()).isFalse();
		assertThat(continuation
			.withoutRepetition(Flux.just(new EndpointEvent.Text("\n"), new EndpointEvent.Text("\n Hi")),
					Schedulers.immediate())
			.collectList()
			.block()).containsExactly(new EndpointEvent.Text(" Hi"));
	}

	@Test
	void leavesOnlyTheTokensThatAreNotSpent() {
		assertThat(continuation("Half of ", 40).request().maxTokens()).isEqualTo(60);
		assertThat(continuation("Half of ", 400).request().maxTokens()).isEqualTo(1);
	}

	private static Continuation continuation(String delivered, long spent) {
		ChatRequest request = ChatRequest.builder().user("hello").maxTokens(100).build();
		return Continuation.instructed(request, delivered, "Go on.", spent);
	}

}
