package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.function.DoubleSupplier;

import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.failure.Failure;

/**
 * How long to cool down after a failure. Stateless apart from its source of randomness.
 */
final class CoolDownLengths {

	private static final Duration DOUBLING_LIMIT = Duration.ofSeconds(60);

	/** Enough to reach the limit from a nanosecond, few enough not to overflow. */
	private static final int MOST_DOUBLINGS = 36;

	private static final double JITTER = 0.1;

	private static final double MOST_JITTER_NANOS = 1e9;

	private final CoolDownSettings settings;

	private final DoubleSupplier random;

	/**
	 * Lengths according to the settings.
	 * @param settings the settings
	 * @param random numbers from 0 inclusive to 1 exclusive
	 */
	CoolDownLengths(CoolDownSettings settings, DoubleSupplier random) {
		this.settings = settings;
		this.random = random;
	}

	/**
	 * The length after a failure, jitter included.
	 * @param failure what went wrong
	 * @param rateLimits number of consecutive rate limits, the given one included
	 * @return nanoseconds, 0 if there is nothing to cool down from
	 */
	long after(Failure failure, int rateLimits) {
		return jittered(Nanos.of(plain(failure, rateLimits)));
	}

	/**
	 * The length of a cool-down that a provider asks for.
	 * @param asked what it asked for
	 * @return nanoseconds, clamped and jittered
	 */
	long asked(Duration asked) {
		return jittered(Nanos.of(clamp(asked)));
	}

	private long jittered(long nanos) {
		return nanos + (long) (this.random.getAsDouble() * Math.min(nanos * JITTER, MOST_JITTER_NANOS));
	}

	private Duration plain(Failure failure, int rateLimits) {
		Duration asked = failure.retryAfter();
		return switch (failure.kind()) {
			case RATE_LIMITED -> (asked != null) ? clamp(asked) : doubled(rateLimits);
			case OVERLOADED -> (asked != null) ? clamp(asked) : Duration.ZERO;
			case QUOTA_EXHAUSTED -> this.settings.quota();
			case AUTHENTICATION -> this.settings.authentication();
			case PERMISSION_DENIED -> this.settings.permission();
			case MODEL_UNAVAILABLE -> this.settings.modelUnavailable();
			default -> Duration.ZERO;
		};
	}

	private Duration doubled(int rateLimits) {
		Duration first = this.settings.rateLimited();
		Duration limit = max(first, min(DOUBLING_LIMIT, this.settings.max()));
		if (first.compareTo(limit) >= 0) {
			return first;
		}
		return min(first.multipliedBy(1L << Math.min(rateLimits - 1, MOST_DOUBLINGS)), limit);
	}

	private Duration clamp(Duration asked) {
		return max(Duration.ZERO, min(asked, this.settings.max()));
	}

	private static Duration min(Duration one, Duration other) {
		return (one.compareTo(other) <= 0) ? one : other;
	}

	private static Duration max(Duration one, Duration other) {
		return (one.compareTo(other) >= 0) ? one : other;
	}

}
