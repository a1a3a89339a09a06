// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.time.Duration;
import java.util.Set;

import io.github.fallbackai.endpoint.Bounds;
import io.github.fallbackai.endpoint.InvalidValueException;
import io.github.fallbackai.gateway.responses.ResponsesSettings;

import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * How the gateway behaves. Immutable.
 *
 * @param basePath what its paths begin with, without a slash at the end
 * @param passThrough undocumented parameters to pass on to OpenAI-compatible endpoints
 * @param maxRequestSize most bytes of a request
 * @param heartbeat how long a stream may be silent before a comment, zero for ever
 * @param providerMessages whether a client reads what a provider said about its request
 * @param requestPause how long the body of a request may pause, and how far it may lag
 * behind 32 KB per second
 * @param responses how OpenAI's responses behave
 */
public record GatewaySettings(String basePath, Set<String> passThrough, int maxRequestSize, Duration heartbeat,
		boolean providerMessages, Duration requestPause, ResponsesSettings responses) {

	private static final Duration REQUEST_PAUSE = Duration.ofSeconds(10);

	/** The defaults, below {@code /v1}. */
	public static final GatewaySettings DEFAULTS = new GatewaySettings("/v1", Set.of(), 20 * 1024 * 1024,
			Duration.ofSeconds(15), false);

	/**
	 * Checks the settings.
	 * @throws InvalidValueException if one has a value that it cannot have
	 */
	public GatewaySettings {
		passThrough = Set.copyOf(passThrough);
		requirePath(basePath);
		Bounds.require(maxRequestSize > 0, "gateway.max-request-size", maxRequestSize, "> 0");
		Bounds.notNegative("gateway.heartbeat", heartbeat);
		Bounds.positive("gateway.request-pause", requestPause);
	}

	/** Settings with the default of responses. */
	public GatewaySettings(String basePath, Set<String> passThrough, int maxRequestSize, Duration heartbeat,
			boolean providerMessages, Duration requestPause) {
		this(basePath, passThrough, maxRequestSize, heartbeat, providerMessages, requestPause,
				ResponsesSettings.DEFAULTS);
	}

	/** Settings with a pause of ten seconds. */
	public GatewaySettings(String basePath, Set<String> passThrough, int maxRequestSize, Duration heartbeat,
			boolean providerMessages) {
		this(basePath, passThrough, maxRequestSize, heartbeat, providerMessages, REQUEST_PAUSE);
	}

	/** The same settings with others for responses. */
	public GatewaySettings withResponses(ResponsesSettings responses) {
		return new GatewaySettings(this.basePath, this.passThrough, this.maxRequestSize, this.heartbeat,
				this.providerMessages, this.requestPause, responses);
	}

	private static void requirePath(String basePath) {
		if (!basePath.isEmpty() && (!basePath.startsWith("/") || basePath.endsWith("/"))) {
			throw new InvalidValueException("gateway.base-path", "begins without a slash, or ends with one");
		}
		try {
			PathPatternParser.defaultInstance.parse(basePath);
		}
		catch (PatternParseException ex) {
			throw new InvalidValueException("gateway.base-path", "no path, at character " + ex.getPosition());
		}
	}

}
