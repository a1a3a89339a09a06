// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import io.github.fallbackai.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The facts after a failed attempt.
 *
 * @param failure how it failed
 * @param earlierRefusal how another endpoint refused this request before, {@code null} if
 * none did
 * @param effort the effort of the call so far, this attempt included
 * @param contentSeen whether the model generated anything in this attempt
 * @param prefilled whether the request ended with a partial answer
 * @param formRefused whether the endpoint refused the form of the answer, and may be
 * asked in a simpler one
 * @param held what the caller holds
 * @param restartable whether the caller can be told to discard what it holds
 */
record Situation(Failure failure, @Nullable Failure earlierRefusal, CallHistory.Effort effort, boolean contentSeen,
		boolean prefilled, boolean formRefused, Held held, boolean restartable) {

	/**
	 * What the caller holds of the answer.
	 */
	enum Held {

		/** Nothing. */
		NOTHING,

		/** Reasoning only, which any endpoint may follow. */
		REASONING,

		/** Free text. */
		TEXT,

		/** Text before a tool call that was under way. */
		TEXT_BEFORE_CALL,

		/** Text that is useful only as a whole. */
		INDIVISIBLE,

		/** A complete tool call; the caller may have acted on it. */
		TOOL_CALL;

		/** The same if none of it may stay: no endpoint goes on with a refused answer. */
		Held asWhole() {
			return (this == REASONING || this == TEXT || this == TEXT_BEFORE_CALL) ? INDIVISIBLE : this;
		}

	}

}
