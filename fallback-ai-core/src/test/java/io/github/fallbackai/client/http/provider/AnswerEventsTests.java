// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.List;
import java.util.Map;

import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.wire.ResponseHead;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A character that comes in two halves is passed on as one, and half of it never.
 */
class AnswerEventsTests {

	private final AnswerEvents answer = new AnswerEvents(new ResponseHead(200, Map.of()));

	@Test
	void joinsTheHalvesOfACharacter() {
		this.answer.text("A \ud83d");
		this.answer.text("\ude00 B");

		assertThat(this.answer.take()).containsExactly(new EndpointEvent.Text("A "),
				new EndpointEvent.Text("\ud83d\ude00 B"));
	}

	@Test
	void joinsThemInWhatTheModelThinks() {
		this.answer.reasoning("\ud83d");
		this.answer.text("Hi");
		this.answer.reasoning("\ude00");

		assertThat(this.answer.take()).containsExactly(new EndpointEvent.Reasoning(""), new EndpointEvent.Text("Hi"),
				new EndpointEvent.Reasoning("\ud83d\ude00"));
	}

	@Test
	void passesOnNoHalfUntilTheAnswerEnds() {
		this.answer.text("A \ud83d");
		assertThat(this.answer.take()).containsExactly(new EndpointEvent.Text("A "));
		this.answer.finish(FinishReason.STOP, "stop", List.of());

		assertThat(this.answer.take()).containsExactly(new EndpointEvent.Text("\ud83d"),
				new EndpointEvent.Finished(FinishReason.STOP, "stop"));
	}

	@Test
	void keepsTheReasonThatWasGivenBeforeMoreCame() {
		this.answer.text("Hi");
		this.answer.finish(FinishReason.LENGTH, "length", List.of());
		this.answer.text("!");
		assertThat(this.answer.finished()).isFalse();
		this.answer.end(List.of());

		assertThat(this.answer.take()).last().isEqualTo(new EndpointEvent.Finished(FinishReason.LENGTH, "length"));
	}

	@Test
	void whiteSpaceAloneDoesNotMeanThatMoreComes() {
		this.answer.text("Hi");
		this.answer.finish(FinishReason.STOP, "stop", List.of());
		this.answer.text("\n");
		assertThat(this.answer.finished()).isTrue();
		this.answer.text("there");

		assertThat(this.answer.take()).endsWith(new EndpointEvent.Text("\nthere"));
		assertThat(this.answer.finished()).isFalse();
	}

}
