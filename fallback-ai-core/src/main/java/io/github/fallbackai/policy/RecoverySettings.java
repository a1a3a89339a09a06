// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.policy;

import io.github.fallbackai.chat.StreamRecovery;
import io.github.fallbackai.endpoint.Bounds;
import io.github.fallbackai.endpoint.ModelScope;

/**
 * What happens to streams that break half-way.
 *
 * @param mode what to do
 * @param scope which endpoints may continue an answer
 * @param instruction for a model that cannot be prefilled, as a user message after the
 * partial answer
 */
public record RecoverySettings(StreamRecovery mode, ModelScope scope, String instruction) {

	/** Any model continues. */
	public static final RecoverySettings DEFAULTS = new RecoverySettings(StreamRecovery.RESUME, ModelScope.ANY_MODEL,
			"Your answer above was cut off by a technical fault. Go on exactly where it stops, even within a word. "
					+ "Do not repeat any of it, do not apologise and do not add an introduction.");

	public RecoverySettings {
		Bounds.notBlank("continuation-instruction", instruction);
	}

	/** The same settings with another mode. */
	public RecoverySettings withMode(StreamRecovery mode) {
		return new RecoverySettings(mode, this.scope, this.instruction);
	}

}
