// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A wall clock that is set forward and back.
 */
final class WrongClock extends Clock {

	private final AtomicLong wrongByMillis = new AtomicLong();

	void wrongBy(Duration difference) {
		this.wrongByMillis.set(difference.toMillis());
	}

	@Override
	public Instant instant() {
		return Instant.now().plusMillis(this.wrongByMillis.get());
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		return this;
	}

}
