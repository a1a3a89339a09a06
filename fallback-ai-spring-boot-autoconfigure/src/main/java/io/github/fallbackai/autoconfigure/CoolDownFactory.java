// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import io.github.fallbackai.autoconfigure.diagnosis.Check;
import io.github.fallbackai.autoconfigure.properties.CoolDownProperties;
import io.github.fallbackai.policy.CoolDownSettings;

/**
 * Makes the lengths of cool-downs, for endpoints and for callers' accounts.
 */
final class CoolDownFactory {

	private CoolDownFactory() {
	}

	static CoolDownSettings create(CoolDownProperties coolDown) {
		return Check.value(
				() -> new CoolDownSettings(coolDown.getRateLimited(), coolDown.getQuota(), coolDown.getAuthentication(),
						coolDown.getPermission(), coolDown.getModelUnavailable(), coolDown.getMax()));
	}

}
