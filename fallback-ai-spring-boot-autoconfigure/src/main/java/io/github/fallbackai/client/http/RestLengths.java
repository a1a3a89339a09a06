package io.github.fallbackai.client.http;

import java.time.Duration;
import java.util.function.Function;

import io.github.fallbackai.failure.Failure;

/**
 * How long an account rests unless configured.
 */
final class RestLengths {

	static final Function<Failure, Duration> DEFAULTS = RestLengths::of;

	private static final Duration MAX = Duration.ofMinutes(5);

	private RestLengths() {
	}

	private static Duration of(Failure failure) {
		Duration asked = failure.retryAfter();
		if (asked != null) {
			return (asked.compareTo(MAX) < 0) ? asked : MAX;
		}
		return switch (failure.kind()) {
			case RATE_LIMITED -> Duration.ofSeconds(5);
			case AUTHENTICATION -> Duration.ofMinutes(1);
			default -> MAX;
		};
	}

}
