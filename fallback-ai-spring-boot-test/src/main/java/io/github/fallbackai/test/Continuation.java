// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

/**
 * How a simulated model goes on when a request ends with the beginning of its answer: as
 * an assistant message, or as one followed by an instruction to go on.
 */
public enum Continuation {

	/** Exactly after what is there. */
	EXACT {
		@Override
		String of(String whole, String beginning) {
			return whole.substring(beginning.length());
		}
	},

	/** From the start of the sentence that was interrupted or finished last. */
	REPEAT_LAST_SENTENCE {
		@Override
		String of(String whole, String beginning) {
			int lastEnd = beginning.stripTrailing().length() - 1;
			int sentence = beginning.lastIndexOf(". ", lastEnd - 1);
			return whole.substring((sentence < 0) ? 0 : sentence + 2);
		}
	},

	/** From the very beginning, like a model that ignores the instruction. */
	FROM_START {
		@Override
		String of(String whole, String beginning) {
			return whole;
		}
	},

	/**
	 * With other words: the rest, after a phrase that is not part of the whole answer.
	 */
	PARAPHRASE {
		@Override
		String of(String whole, String beginning) {
			return "Or, to put the remaining part differently: " + whole.substring(beginning.length()).strip();
		}
	};

	/**
	 * Returns what the model says.
	 * @param whole the whole answer
	 * @param beginning what was said so far, the beginning of the whole or all of it
	 * @return the rest, as this continuation puts it
	 */
	abstract String of(String whole, String beginning);

}
