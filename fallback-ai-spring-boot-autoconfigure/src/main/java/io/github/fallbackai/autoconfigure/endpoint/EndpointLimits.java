package io.github.fallbackai.autoconfigure.endpoint;

import java.time.Duration;

import io.github.fallbackai.autoconfigure.properties.TimeoutProperties;
import io.github.fallbackai.endpoint.AttemptLimits;
import org.jspecify.annotations.Nullable;

/**
 * The time limits of an endpoint, with defaults that fit its kind.
 */
final class EndpointLimits {

	/** A model on this machine may have to be loaded from disk first. */
	private static final Duration LOOPBACK_FIRST_CONTENT = Duration.ofSeconds(60);

	private static final Duration REASONING_FIRST_CONTENT = Duration.ofMinutes(2);

	private static final Duration REASONING_IDLE = Duration.ofSeconds(60);

	private EndpointLimits() {
	}

	static AttemptLimits of(LayeredEndpointProperties source, EndpointAddress address) {
		TimeoutProperties timeout = source.properties().getTimeout();
		boolean reasoning = source.properties().isReasoning();
		Duration connect = source.positive("timeout.connect", timeout.getConnect());
		Duration firstContent = positive(source, "timeout.first-content", timeout.getFirstContent(),
				standardFirstContent(reasoning, address));
		Duration idle = positive(source, "timeout.idle", timeout.getIdle(),
				reasoning ? REASONING_IDLE : AttemptLimits.DEFAULTS.idle());
		Duration total = source.positive("timeout.total", timeout.getTotal());
		return new AttemptLimits(connect, firstContent, idle, total, timeout.getFirstContent() != null);
	}

	private static Duration standardFirstContent(boolean reasoning, EndpointAddress address) {
		if (reasoning) {
			return REASONING_FIRST_CONTENT;
		}
		return address.loopback() ? LOOPBACK_FIRST_CONTENT : AttemptLimits.DEFAULTS.firstContent();
	}

	private static Duration positive(LayeredEndpointProperties source, String suffix, @Nullable Duration value,
			Duration standard) {
		return (value != null) ? source.positive(suffix, value) : standard;
	}

}
