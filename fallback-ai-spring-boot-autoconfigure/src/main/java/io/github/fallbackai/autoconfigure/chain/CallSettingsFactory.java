// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.chain;

import java.time.Duration;
import java.util.Set;

import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.diagnosis.UnitCheck;
import io.github.fallbackai.autoconfigure.properties.CallProperties;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import io.github.fallbackai.policy.RecoverySettings;
import org.jspecify.annotations.Nullable;

/**
 * Makes the settings of a chain's calls from their properties.
 */
final class CallSettingsFactory {

	/**
	 * Instead of a duration: the 95th percentile of the times to first content seen so
	 * far.
	 */
	private static final String PERCENTILE = "p95";

	/**
	 * Turns off, for one chain, the hedge that is set for all. YAML reads the first word
	 * as the second.
	 */
	private static final Set<String> OFF = Set.of("off", "false");

	private static final Duration REASONING_DEADLINE = Duration.ofMinutes(5);

	private CallSettingsFactory() {
	}

	/**
	 * Makes the settings.
	 * @param chain the chain
	 * @param reasoning whether an endpoint of it has a reasoning model
	 * @return the settings
	 * @throws InvalidFallbackConfigurationException if a property is wrong
	 */
	static CallSettings create(LayeredChainProperties chain, boolean reasoning) {
		CallProperties properties = chain.properties();
		HedgeSettings hedge = hedge(chain);
		Duration deadline = properties.getDeadline();
		return chain.value(() -> CallSettings.builder()
			.deadline((deadline != null) ? deadline : standardDeadline(reasoning))
			.attemptTimeouts(properties.getAttemptTimeouts())
			.maxAttempts(properties.getMaxAttempts())
			.fallbackOn(properties.getFallbackOn())
			.recovery(recovery(properties))
			.fallbackScope(properties.getFallbackScope())
			.hedge(hedge)
			.selection(properties.getStrategy())
			.sticky(properties.isSticky())
			.waitWhenUnavailable(properties.isWaitWhenUnavailable())
			.switchDelay(properties.getSwitchDelay())
			.build());
	}

	private static Duration standardDeadline(boolean reasoning) {
		return reasoning ? REASONING_DEADLINE : CallSettings.DEFAULTS.deadline();
	}

	private static RecoverySettings recovery(CallProperties properties) {
		String instruction = properties.getContinuationInstruction();
		return new RecoverySettings(properties.getStreamRecovery(), properties.getResumeScope(),
				(instruction != null) ? instruction : RecoverySettings.DEFAULTS.instruction());
	}

	private static @Nullable HedgeSettings hedge(LayeredChainProperties chain) {
		String delay = chain.properties().getHedge().getDelay();
		Double ratio = chain.properties().getHedge().getMaxRatio();
		if (delay == null && ratio != null) {
			throw new InvalidFallbackConfigurationException(sibling(chain, "hedge.max-ratio", "delay"),
					"missing, but max-ratio is set",
					"Set it to a duration such as 1500ms or to p95, or remove max-ratio.");
		}
		if (delay == null) {
			return null;
		}
		boolean off = OFF.contains(delay.strip());
		Duration length = off ? null : hedgeDelay(chain.property("hedge.delay"), delay);
		double maxRatio = (ratio != null) ? ratio : HedgeSettings.DEFAULT_MAX_RATIO;
		HedgeSettings hedge = chain.value(() -> new HedgeSettings(length, maxRatio));
		return off ? null : hedge;
	}

	private static @Nullable Duration hedgeDelay(String property, String delay) {
		if (delay.strip().equalsIgnoreCase(PERCENTILE)) {
			return null;
		}
		try {
			return UnitCheck.parse(property, delay.strip());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidFallbackConfigurationException(property,
					"cannot be read (expected: a duration, p95 or off)",
					"Set it to a duration such as 1500ms, or to p95.");
		}
	}

	/** The name of a property that is missing although another one is set. */
	private static String sibling(LayeredChainProperties chain, String present, String missing) {
		String property = chain.property(present);
		return property.substring(0, property.lastIndexOf('.') + 1) + missing;
	}

}
