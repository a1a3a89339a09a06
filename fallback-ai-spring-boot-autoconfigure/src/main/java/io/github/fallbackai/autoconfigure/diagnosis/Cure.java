// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import java.time.Duration;
import java.util.Map;

import io.github.fallbackai.endpoint.InvalidValueException;

/**
 * What to do about a value that a setting cannot have.
 */
final class Cure {

	static final String SIZE = "Set it to a size such as 1MB.";

	private static final String CALLS = "Set it to a number of calls such as 20; memory is needed for each.";

	private static final String PRICE = "Set it to the price of a million tokens.";

	private static final Map<String, String> BY_SETTING = Map.ofEntries(
			Map.entry("url",
					"Set an absolute URL such as https://api.openai.com/v1, or none for the provider's default."),
			Map.entry("headers", "Look for spaces in names and for line breaks in values."),
			Map.entry("price.input", PRICE), Map.entry("price.output", PRICE), Map.entry("price.cached-input", PRICE),
			Map.entry("price.cache-write", PRICE),
			Map.entry("spend-limit.amount",
					"Set it to an amount above zero. Set price.input and price.output of the endpoint, too;"
							+ " to spend nothing at an endpoint, set enabled to false."),
			Map.entry("spend-limit.period", "Set it to a period such as 1h or 1d."),
			Map.entry("circuit-breaker.failure-rate", "Set it to a percentage above 0, for example 50."),
			Map.entry("circuit-breaker.window", CALLS), Map.entry("circuit-breaker.half-open-calls", CALLS),
			Map.entry("circuit-breaker.max-recovery-timeout",
					"Make it at least as long as the recovery-timeout, or remove it."),
			Map.entry("batch-share", "Set it to a share such as 0.5."),
			Map.entry("hedge.max-ratio", "Set it to a share such as 0.1."),
			Map.entry("retry.kinds",
					"Remove it from the list. The next endpoint answers meanwhile; where there is none, set"
							+ " wait-when-unavailable to true, and the call waits within its deadline."),
			Map.entry("limits.response", SIZE), Map.entry("limits.event", SIZE), Map.entry("limits.error-body", SIZE),
			Map.entry("gateway.max-request-size", SIZE),
			Map.entry("gateway.base-path", "Set it to a path such as /v1, or to nothing."),
			Map.entry("max-cost-per-day", "Set it to an amount above zero, or to 0 for no limit."),
			Map.entry("state-store.key-prefix",
					"Choose another prefix: with braces, Redis Cluster would spread the keys of an endpoint."));

	private Cure() {
	}

	static String of(InvalidValueException problem) {
		String cure = BY_SETTING.get(problem.setting());
		if (cure != null) {
			return cure;
		}
		if (problem.value() instanceof Duration duration) {
			return duration.isNegative() ? "Set it to a duration such as 30s."
					: "Set it to a duration above zero, for example 30s.";
		}
		return (problem.value() instanceof Number) ? "Set it to a number in these bounds."
				: "Set it, or remove it for its default.";
	}

}
