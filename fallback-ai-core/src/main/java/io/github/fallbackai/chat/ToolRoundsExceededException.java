// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.List;

import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.CallRecord;

/**
 * The model still calls tools in the last answer that the caller permits. The tools of
 * that answer were not run, because the model would not have been told their results. All
 * earlier ones were.
 */
public class ToolRoundsExceededException extends AiFallbackException {

	private final int rounds;

	private final transient ChatResponse response;

	/**
	 * @param rounds how many answers were permitted
	 * @param response the last answer
	 */
	public ToolRoundsExceededException(int rounds, ChatResponse response) {
		super("The model still calls tools after " + rounds + " rounds (expected: an answer, or more maxRounds)",
				new CallRecord(response.chain(), response.attempts(), List.of()));
		this.rounds = rounds;
		this.response = response;
	}

	/** How many answers were permitted. */
	public int rounds() {
		return this.rounds;
	}

	/**
	 * The last answer, with the calls of tools that were not run. To go on, run them and
	 * ask with {@link ChatRequest#continueWith}, which keeps the earlier rounds too.
	 */
	public ChatResponse response() {
		return this.response;
	}

}
