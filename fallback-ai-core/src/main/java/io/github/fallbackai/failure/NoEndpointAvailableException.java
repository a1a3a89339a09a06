// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * No endpoint may be tried now; {@link #skips()} gives the reason for each. Nothing was
 * sent.
 */
public class NoEndpointAvailableException extends AiFallbackException {

	public NoEndpointAvailableException(CallRecord record) {
		super("No endpoint of chain '" + record.chain() + "' may be tried now: " + record.describe(), record);
	}

	/**
	 * The soonest time after which an endpoint may be tried again, if time alone helps.
	 */
	public Optional<Duration> retryAfter() {
		return skips().stream().map(Skip::remaining).filter(Objects::nonNull).min(Duration::compareTo);
	}

}
