package io.github.fallbackai.autoconfigure;

import java.time.Duration;

import io.github.fallbackai.autoconfigure.diagnosis.Check;
import io.github.fallbackai.autoconfigure.properties.CoolDownProperties;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.policy.CoolDownSettings;

/**
 * Makes the lengths of cool-downs, of endpoints and of callers' accounts alike.
 */
final class CoolDownFactory {

	private CoolDownFactory() {
	}

	static CoolDownSettings create(CoolDownProperties coolDown) {
		return new CoolDownSettings(notNegative("rate-limited", coolDown.getRateLimited()),
				notNegative("quota", coolDown.getQuota()), notNegative("authentication", coolDown.getAuthentication()),
				notNegative("permission", coolDown.getPermission()),
				notNegative("model-unavailable", coolDown.getModelUnavailable()),
				notNegative("max", coolDown.getMax()));
	}

	private static Duration notNegative(String name, Duration value) {
		return Check.notNegative(FallbackAiProperties.PREFIX + ".cool-down." + name, value);
	}

}
