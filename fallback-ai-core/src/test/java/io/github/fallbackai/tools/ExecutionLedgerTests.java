// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import java.util.List;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ToolCall;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutionLedgerTests {

	private final ExecutionLedger ledger = new ExecutionLedger();

	@Test
	void callRunsOncePerRound() {
		ToolCall call = new ToolCall("call_0", "look", "{}");
		assertThat(this.ledger.begin(1, call)).isTrue();
		assertThat(this.ledger.begin(1, call)).isFalse();
		assertThat(this.ledger.begin(2, call)).as("providers that begin anew in every answer").isTrue();
	}

	@Test
	void repeatedCallIsLeftOut() {
		AssistantMessage answer = answer(new ToolCall("a", "look", "{}"), new ToolCall("b", "look", "{}"),
				new ToolCall("a", "look", "{}"));
		assertThat(ExecutionLedger.distinct(answer).toolCalls()).extracting(ToolCall::id).containsExactly("a", "b");
	}

	@Test
	void anotherCallWithTheSameIdGetsAnother() {
		AssistantMessage answer = answer(new ToolCall("a", "look", "{}"), new ToolCall("a", "look", "{\"x\":1}"),
				new ToolCall("a_2", "look", "{}"), new ToolCall("a", "look", "{\"x\":2}"));
		assertThat(ExecutionLedger.distinct(answer).toolCalls()).extracting(ToolCall::id)
			.startsWith("a")
			.doesNotHaveDuplicates()
			.hasSize(4)
			.contains("a_2");
	}

	@Test
	void callsWithoutIdsAreDifferentCalls() {
		AssistantMessage answer = answer(new ToolCall("", "look", "{}"), new ToolCall(" ", "look", "{}"),
				new ToolCall("call_1", "look", "{}"));
		assertThat(ExecutionLedger.distinct(answer).toolCalls()).extracting(ToolCall::id)
			.doesNotHaveDuplicates()
			.hasSize(3)
			.noneMatch(String::isBlank);
	}

	@Test
	void answerWithDistinctCallsStaysAsItIs() {
		AssistantMessage answer = answer(new ToolCall("a", "look", "{}"), new ToolCall("b", "look", "{}"));
		assertThat(ExecutionLedger.distinct(answer)).isSameAs(answer);
	}

	private static AssistantMessage answer(ToolCall... calls) {
		return new AssistantMessage("Let me look.", List.of(calls));
	}

}
