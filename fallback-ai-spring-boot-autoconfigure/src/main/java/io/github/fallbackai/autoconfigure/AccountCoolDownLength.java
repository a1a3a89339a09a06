package io.github.fallbackai.autoconfigure;

import java.time.Duration;
import java.util.function.Function;

import io.github.fallbackai.autoconfigure.properties.CoolDownProperties;
import io.github.fallbackai.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * How long a caller's account cools down: as long as an endpoint would.
 */
final class AccountCoolDownLength implements Function<Failure, Duration> {

	private final CoolDownProperties coolDown;

	AccountCoolDownLength(CoolDownProperties coolDown) {
		this.coolDown = coolDown;
	}

	@Override
	public Duration apply(Failure failure) {
		return switch (failure.kind()) {
			case AUTHENTICATION -> this.coolDown.getAuthentication();
			case QUOTA_EXHAUSTED -> this.coolDown.getQuota();
			case PERMISSION_DENIED -> this.coolDown.getPermission();
			default -> rateLimited(failure.retryAfter());
		};
	}

	private Duration rateLimited(@Nullable Duration asked) {
		if (asked == null) {
			return this.coolDown.getRateLimited();
		}
		return (asked.compareTo(this.coolDown.getMax()) < 0) ? asked : this.coolDown.getMax();
	}

}
