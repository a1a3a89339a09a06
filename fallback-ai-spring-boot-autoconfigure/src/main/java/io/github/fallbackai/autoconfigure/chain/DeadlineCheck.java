// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.chain;

import java.time.Duration;
import java.util.List;

import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.endpoint.EndpointSetup;
import io.github.fallbackai.endpoint.AttemptLimits;

/**
 * Refuses a deadline that ends before the first limit that was set. With such a deadline,
 * no attempt could use its limit, and the breaker would never notice a silent provider.
 */
final class DeadlineCheck {

	private DeadlineCheck() {
	}

	/**
	 * Compares the deadline of a chain with its first limit, if that was set.
	 * @param chain where the settings come from
	 * @param configured the chain that was made from them
	 * @throws InvalidFallbackConfigurationException if the deadline is shorter
	 */
	static void check(LayeredChainProperties chain, ChainSetup configured) {
		EndpointSetup first = configured.endpoints().get(0);
		AttemptLimits limits = first.endpoint().limits();
		List<Duration> ladder = configured.settings().attemptTimeouts();
		if (limits.firstContentExplicit()) {
			check(chain, configured, limits.firstContent(),
					"the limit first-content of endpoint " + first.endpoint().name());
		}
		else if (!ladder.isEmpty()) {
			check(chain, configured, ladder.get(0), "the first of " + chain.property("attempt-timeouts"));
		}
	}

	private static void check(LayeredChainProperties chain, ChainSetup configured, Duration limit, String source) {
		Duration deadline = configured.settings().deadline();
		if (deadline.compareTo(limit) < 0) {
			throw new InvalidFallbackConfigurationException(chain.property("deadline"),
					deadline + " is shorter than " + limit + ", " + source,
					"Raise the deadline, best to several times that limit, so that another endpoint has a chance, "
							+ "or lower the limit.");
		}
	}

}
