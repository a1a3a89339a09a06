// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;

/**
 * Matches in every application that is not a reactive web application.
 */
class NotReactiveCondition extends NoneNestedConditions {

	NotReactiveCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	/**
	 * Must not match.
	 */
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class Reactive {

	}

}
