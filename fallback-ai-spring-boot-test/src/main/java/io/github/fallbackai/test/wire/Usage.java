// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

import org.jspecify.annotations.Nullable;

/**
 * Token counts of an answer: words, so that a test can count them.
 *
 * @param input the tokens of the prompt
 * @param output the tokens of the answer, the reasoning included
 * @param reasoning the tokens of the reasoning
 * @param cacheRead the tokens of the prompt that were in the cache
 * @param cacheWritten the tokens of the prompt that were written to the cache
 */
public record Usage(int input, int output, int reasoning, int cacheRead, int cacheWritten) {

	/**
	 * Counts the tokens of a turn.
	 * @param prompt what was asked
	 * @param answer what is answered
	 * @param cached what the prompt cache did, absent if there is none
	 * @return the counts
	 */
	public static Usage of(Prompt prompt, Answer answer, @Nullable CachedTokens cached) {
		int reasoning = Tokens.of(answer.reasoning()).size();
		int said = Tokens.of(answer.textOrEmpty()).size() + Tokens.of(answer.refusal()).size();
		int arguments = answer.toolCalls().stream().mapToInt((call) -> call.argumentPieces().size()).sum();
		int output = reasoning + said + arguments;
		return (cached != null) ? new Usage(cached.input(), output, reasoning, cached.read(), cached.written())
				: new Usage(prompt.tokens(), output, reasoning, 0, 0);
	}

	/**
	 * Returns the sum of both directions.
	 * @return the tokens of prompt and answer
	 */
	public int total() {
		return this.input + this.output;
	}

}
