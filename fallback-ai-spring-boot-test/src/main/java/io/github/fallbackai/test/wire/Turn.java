// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

import org.jspecify.annotations.Nullable;

/**
 * One question and its answer, ready to be put into a format.
 *
 * @param id identifies the turn; formats build their response ids from it
 * @param prompt what was asked
 * @param answer what is answered, its text filled in
 * @param rules the rules of the provider, which may also decide in which shape it answers
 * @param cached what the prompt cache did, absent if there is none
 */
public record Turn(String id, Prompt prompt, Answer answer, ProviderRules rules, @Nullable CachedTokens cached) {

	/**
	 * Creates a turn of a provider without rules.
	 * @param id identifies the turn
	 * @param prompt what was asked
	 * @param answer what is answered
	 */
	public Turn(String id, Prompt prompt, Answer answer) {
		this(id, prompt, answer, ProviderRules.NONE, null);
	}

	/**
	 * Returns the model that claims to answer.
	 * @return the answer's model, or else the requested one
	 */
	public String model() {
		String model = this.answer.model();
		return (model != null) ? model : this.prompt.model();
	}

	/**
	 * Returns what signs for the model that was asked.
	 * @return the seal
	 */
	public Seal seal() {
		return new Seal(this.prompt.model());
	}

	/**
	 * Counts the turn's tokens.
	 * @return the token counts
	 */
	public Usage usage() {
		return Usage.of(this.prompt, this.answer, this.cached);
	}

}
