// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Something that an operator decided at another instance.
 *
 * @param kind what
 * @param length for how long the endpoint is disabled, {@code null} unless it is for a
 * time
 * @param reason why it is, {@code null} if it is not or the operator did not say
 * @param origin the instance where it was decided, {@code null} if unknown
 */
public record DecisionNews(Kind kind, @Nullable Duration length, @Nullable String reason, @Nullable String origin) {

	/** What was decided. */
	public enum Kind {

		/** The endpoint is out of use. */
		DISABLED,

		/** It is in use again and in its configured place. */
		ENABLED,

		/** It comes first. */
		PREFERRED,

		/** Its breaker and its cool-downs were reset. */
		RESET

	}

}
