// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.wire.ResponseHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * The work for a piece of an answer does not depend on what came before it. Each of these
 * answers took minutes or more when it did, and takes less than a second now.
 */
class LongAnswersTests {

	private static final Duration GENEROUS = Duration.ofMinutes(1);

	private static final int PIECES = 300_000;

	private final AnswerEvents answer = new AnswerEvents(new ResponseHead(200, Map.of()));

	@Test
	void joinsWhiteSpaceAfterTheEndOnce() {
		this.answer.text("Hi");
		this.answer.finish(FinishReason.STOP, "stop", List.of());
		assertTimeoutPreemptively(GENEROUS, () -> {
			for (int piece = 0; piece < PIECES; piece++) {
				this.answer.text("\n");
			}
		});
		this.answer.text("!");
		assertThat(this.answer.take()).last().isEqualTo(new EndpointEvent.Text("\n".repeat(PIECES) + "!"));
	}

	@Test
	void looksAtUnfinishedArgumentsOnceHoweverOftenTheAnswerIsCut() {
		ToolCallParts call = new ToolCallParts("1", "f");
		call.addArguments(TextNode.valueOf("{\"a\":\"" + "x".repeat(3 * PIECES)));
		assertTimeoutPreemptively(GENEROUS, () -> {
			for (int piece = 0; piece < PIECES; piece++) {
				this.answer.finish(FinishReason.LENGTH, (piece % 2 == 0) ? "length" : "max_tokens", List.of(call));
			}
		});
		assertThat(this.answer.finished()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "}", " ", "{}", "\"" })
	void looksAtArgumentsOnceAfterEachPiece(String piece) {
		ToolCallParts call = new ToolCallParts("1", "f");
		call.addArguments(TextNode.valueOf("{\"a\":\""));
		TextNode more = TextNode.valueOf(piece);
		assertTimeoutPreemptively(GENEROUS, () -> {
			for (int number = 0; number < PIECES; number++) {
				call.addArguments(more);
				assertThat(call.hasWholeArguments()).isFalse();
				assertThat(call.whole()).isNull();
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "max_", "max_token_", "time_d_", "x" })
	void takesALongTextForNoFinishReason(String part) {
		this.answer.text("Hi");
		assertTimeoutPreemptively(GENEROUS, () -> this.answer.finish(part.repeat(PIECES / 2), List.of()));
		assertThat(this.answer.take()).last().isInstanceOf(EndpointEvent.Finished.class);
	}

	@Test
	void takesNoMoreToolCallsThanAnyModelMakes() {
		ToolCallList calls = new ToolCallList();
		for (int number = 0; number < ToolCallList.MOST; number++) {
			calls.add(new ToolCallParts("id", "name"));
		}
		assertThatThrownBy(() -> calls.add(new ToolCallParts("id", "name"))).isInstanceOf(IllegalStateException.class);
		assertThat(calls).hasSize(ToolCallList.MOST);
	}

	@Test
	void takesNoIdAndNoNameOfAnyLength() {
		ToolCallParts unnamed = new ToolCallParts("", "");
		assertThatThrownBy(() -> unnamed.identify("i".repeat(PIECES), "name"))
			.isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> unnamed.identify("id", "n".repeat(PIECES)))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessage("name of a tool call: 300000 characters (expected: <= 1024)");
	}

	@Test
	void leavesOutNotesThatAreTooMany() {
		for (int number = 0; number < 2000; number++) {
			this.answer.annotation(note("https://example.com/" + number, ""));
		}
		assertThat(this.answer.take()).hasSize(1000);
	}

	@Test
	void leavesOutNotesThatAreTooLong() {
		this.answer.annotation(note("https://example.com", "x".repeat(4 * PIECES)));
		this.answer.annotation(note("https://example.com", "x".repeat(3 * PIECES)));
		this.answer.annotation(note("https://example.com/1", "x".repeat(3 * PIECES)));
		assertThat(this.answer.take()).hasSize(1);
	}

	private static ObjectNode note(String url, String title) {
		return ProviderJson.MAPPER.createObjectNode().put("type", "url_citation").put("url", url).put("title", title);
	}

}
