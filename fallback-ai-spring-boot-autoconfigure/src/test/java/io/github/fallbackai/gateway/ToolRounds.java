// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.RecordedRequest;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ToolCall;

/**
 * A model that calls a tool of its client in three rounds before it answers.
 */
public final class ToolRounds {

	public static final String ANSWER = "It is warm in Rome.";

	/** What the tool answers, before the number of the round. */
	public static final String RESULT = "result of round ";

	/** Places and rounds of the calls. */
	public static final List<String> LOOKS = List.of("Rome 1", "Oslo 1", "Rome 2", "Rome 3");

	private static final int ROUNDS = 3;

	private ToolRounds() {
	}

	/** The answer to a request of the conversation. */
	public static Outcome answer(RecordedRequest request) {
		int round = 1;
		while (request.body().toString().contains(RESULT + round)) {
			round++;
		}
		if (round > ROUNDS) {
			return Outcome.answer(Answer.text(ANSWER).withReasoning("Now I know."));
		}
		List<ToolCall> calls = new ArrayList<>(List.of(call("Rome", round)));
		if (round == 1) {
			calls.add(call("Oslo", round));
		}
		return Outcome.answer(Answer.toolCalls(calls.toArray(ToolCall[]::new))
			.withText("Let me look.")
			.withReasoning("Hm, I have to look."));
	}

	private static ToolCall call(String place, int round) {
		return new ToolCall("call_" + place + round, "look", "{\"place\":\"" + place + "\",\"round\":" + round + "}");
	}

}
