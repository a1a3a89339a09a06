package io.github.fallbackai.gateway;

import java.time.Duration;
import java.util.Set;

/**
 * How the gateway behaves. Immutable.
 *
 * @param basePath what its paths begin with, without a slash at the end
 * @param passThrough undocumented parameters to pass on to OpenAI-compatible endpoints
 * @param maxRequestSize most bytes of a request
 * @param heartbeat how long a stream may be silent before a comment, zero for ever
 * @param providerMessages whether a client reads what a provider said about its request
 */
public record GatewaySettings(String basePath, Set<String> passThrough, int maxRequestSize, Duration heartbeat,
		boolean providerMessages) {

	/** The defaults, below {@code /v1}. */
	public static final GatewaySettings DEFAULTS = new GatewaySettings("/v1", Set.of(), 20 * 1024 * 1024,
			Duration.ofSeconds(15), false);

	/**
	 * Copies the set.
	 */
	public GatewaySettings {
		passThrough = Set.copyOf(passThrough);
	}

}
