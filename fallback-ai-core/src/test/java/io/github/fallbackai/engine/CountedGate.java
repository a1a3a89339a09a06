// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.fallbackai.breaker.Availability;
import io.github.fallbackai.breaker.EndpointGate;
import io.github.fallbackai.breaker.Permit;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.SkipReason;

/**
 * A gate with a number of places, which counts the permits that are open.
 */
final class CountedGate implements EndpointGate {

	private final boolean probe;

	private final int places;

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicInteger closedAgain = new AtomicInteger();

	CountedGate(boolean probe, int places) {
		this.probe = probe;
		this.places = places;
	}

	int open() {
		return this.open.get();
	}

	int closedAgain() {
		return this.closedAgain.get();
	}

	@Override
	public Availability check(Load load) {
		return (this.open.get() < this.places) ? Availability.AVAILABLE
				: new Availability(SkipReason.CONCURRENCY_LIMIT, null, null);
	}

	@Override
	public Permit tryEnter(Load load) {
		if (this.open.incrementAndGet() > this.places) {
			this.open.decrementAndGet();
			return null;
		}
		return new CountedPermit();
	}

	@Override
	public Duration totalLimit() {
		return Duration.ofMinutes(10);
	}

	@Override
	public boolean needsProbe() {
		return this.probe;
	}

	@Override
	public String circuitBreaker() {
		return "CLOSED";
	}

	@Override
	public FailureKind lastFailure() {
		return null;
	}

	private final class CountedPermit implements Permit {

		private final AtomicBoolean closed = new AtomicBoolean();

		@Override
		public boolean probe() {
			return CountedGate.this.probe;
		}

		@Override
		public void firstContent(Duration timeToFirstContent) {
		}

		@Override
		public void succeeded() {
			close();
		}

		@Override
		public void failed(Failure failure) {
			close();
		}

		@Override
		public void released() {
			close();
		}

		private void close() {
			AtomicInteger counter = this.closed.compareAndSet(false, true) ? CountedGate.this.open
					: CountedGate.this.closedAgain;
			counter.addAndGet((counter == CountedGate.this.open) ? -1 : 1);
		}

	}

}
