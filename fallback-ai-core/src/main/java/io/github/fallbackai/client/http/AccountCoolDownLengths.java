package io.github.fallbackai.client.http;

import java.time.Duration;
import java.util.function.Function;

import io.github.fallbackai.failure.Failure;

/**
 * How long an account cools down unless configured.
 */
final class AccountCoolDownLengths {

	static final Function<Failure, Duration> DEFAULTS = AccountCoolDownLengths::of;

	private static final Duration MAX = Duration.ofMinutes(5);

	private AccountCoolDownLengths() {
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
