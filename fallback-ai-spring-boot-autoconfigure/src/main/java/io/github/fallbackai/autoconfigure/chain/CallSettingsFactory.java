package io.github.fallbackai.autoconfigure.chain;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.autoconfigure.diagnosis.Check;
import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.properties.CallProperties;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.HedgeSettings;
import io.github.fallbackai.policy.RecoverySettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * Makes the settings of a chain's calls of their properties.
 */
final class CallSettingsFactory {

	/**
	 * Instead of a duration: the 95th percentile of the times to first content seen so
	 * far.
	 */
	private static final String PERCENTILE = "p95";

	/**
	 * How a chain does without the hedge of all others; YAML reads the first as the
	 * second.
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
		List<Duration> ladder = properties.getAttemptTimeouts();
		for (int i = 0; i < ladder.size(); i++) {
			Check.positive(chain.property("attempt-timeouts") + "[" + i + "]", ladder.get(i));
		}
		return CallSettings.builder()
			.deadline(deadline(chain, reasoning))
			.attemptTimeouts(ladder)
			.maxAttempts(Check.positive(chain.property("max-attempts"), properties.getMaxAttempts()))
			.fallbackOn(properties.getFallbackOn())
			.recovery(new RecoverySettings(properties.getStreamRecovery(), properties.getResumeScope(),
					instruction(chain)))
			.fallbackScope(properties.getFallbackScope())
			.hedge(hedge(chain))
			.selection(properties.getStrategy())
			.sticky(properties.isSticky())
			.waitWhenUnavailable(properties.isWaitWhenUnavailable())
			.switchDelay(Check.notNegative(chain.property("switch-delay"), properties.getSwitchDelay()))
			.build();
	}

	private static String instruction(LayeredChainProperties chain) {
		String instruction = chain.properties().getContinuationInstruction();
		return (instruction != null) ? Check.notBlank(chain.property("continuation-instruction"), instruction)
				: RecoverySettings.DEFAULTS.instruction();
	}

	private static @Nullable HedgeSettings hedge(LayeredChainProperties chain) {
		String delay = chain.properties().getHedge().getDelay();
		Double ratio = chain.properties().getHedge().getMaxRatio();
		if (delay == null) {
			if (ratio != null) {
				throw new InvalidFallbackConfigurationException(sibling(chain, "hedge.max-ratio", "delay"),
						"missing, but max-ratio is set",
						"Set it to a duration such as 1500ms or to p95, or remove max-ratio.");
			}
			return null;
		}
		if (ratio != null && !(ratio > 0 && ratio <= 1)) {
			throw new InvalidFallbackConfigurationException(chain.property("hedge.max-ratio"),
					ratio + " (expected: > 0 and <= 1)", "Set it to a share such as 0.1.");
		}
		if (OFF.contains(delay.strip())) {
			return null;
		}
		return new HedgeSettings(hedgeDelay(chain.property("hedge.delay"), delay),
				(ratio != null) ? ratio : HedgeSettings.DEFAULT_MAX_RATIO);
	}

	private static @Nullable Duration hedgeDelay(String property, String delay) {
		if (delay.strip().equalsIgnoreCase(PERCENTILE)) {
			return null;
		}
		try {
			return Check.positive(property, DurationStyle.detectAndParse(delay));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidFallbackConfigurationException(property,
					"cannot be read (expected: a duration, p95 or off)",
					"Set it to a duration such as 1500ms, or to p95.");
		}
	}

	private static Duration deadline(LayeredChainProperties chain, boolean reasoning) {
		Duration deadline = chain.properties().getDeadline();
		if (deadline == null) {
			return reasoning ? REASONING_DEADLINE : CallSettings.DEFAULTS.deadline();
		}
		return Check.positive(chain.property("deadline"), deadline);
	}

	/** A property that is missing where another one is set. */
	private static String sibling(LayeredChainProperties chain, String present, String missing) {
		String property = chain.property(present);
		return property.substring(0, property.lastIndexOf('.') + 1) + missing;
	}

}
