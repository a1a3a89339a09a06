// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.time.Duration;

import io.github.fallbackai.autoconfigure.properties.TimeoutProperties;
import io.github.fallbackai.endpoint.AttemptLimits;

/**
 * The time limits of an endpoint, with defaults that fit its kind.
 */
final class EndpointLimits {

	/** The provider may have to load a model on this machine from disk first. */
	private static final Duration LOOPBACK_FIRST_CONTENT = Duration.ofSeconds(60);

	private static final Duration REASONING_FIRST_CONTENT = Duration.ofMinutes(2);

	private static final Duration REASONING_IDLE = Duration.ofSeconds(60);

	private EndpointLimits() {
	}

	static AttemptLimits of(LayeredEndpointProperties source, EndpointAddress address) {
		TimeoutProperties timeout = source.properties().getTimeout();
		boolean reasoning = source.properties().isReasoning();
		Duration firstContent = timeout.getFirstContent();
		Duration idle = timeout.getIdle();
		return source.value(() -> new AttemptLimits(timeout.getConnect(),
				(firstContent != null) ? firstContent : standardFirstContent(reasoning, address),
				(idle != null) ? idle : standardIdle(reasoning), timeout.getTotal(), firstContent != null));
	}

	private static Duration standardFirstContent(boolean reasoning, EndpointAddress address) {
		if (reasoning) {
			return REASONING_FIRST_CONTENT;
		}
		return address.loopback() ? LOOPBACK_FIRST_CONTENT : AttemptLimits.DEFAULTS.firstContent();
	}

	private static Duration standardIdle(boolean reasoning) {
		return reasoning ? REASONING_IDLE : AttemptLimits.DEFAULTS.idle();
	}

}
