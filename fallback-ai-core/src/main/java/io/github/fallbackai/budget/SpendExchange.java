// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.state.SpendStore;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Tells the store what this instance spends, and learns what others spend. It does so
 * soon after something was spent, and also from time to time. While the store fails, it
 * asks less often. Nothing is lost then, because every report holds the whole amount. The
 * store itself tells that it fails.
 */
final class SpendExchange {

	/** The most that a report is late. */
	private static final Duration TICK = Duration.ofSeconds(1);

	/** A custom store may have commands without a time limit. */
	private static final Duration LONGEST_REPORT = Duration.ofSeconds(10);

	private static final Duration LAST_REPORT = Duration.ofMillis(500);

	private static final int CONCURRENCY = 4;

	private final SpendStore store;

	private final Collection<? extends Shared> shared;

	private final Duration syncInterval;

	private final Scheduler scheduler;

	private final String contributor = UUID.randomUUID().toString();

	private volatile boolean out;

	private long nextSync;

	SpendExchange(SpendStore store, Collection<? extends Shared> shared, Duration syncInterval, Scheduler scheduler) {
		this.store = store;
		this.shared = List.copyOf(shared);
		this.syncInterval = syncInterval;
		this.scheduler = scheduler;
		this.nextSync = now();
	}

	/** Begins at once, so that a restarted instance knows what was spent before. */
	Disposable start() {
		Duration pause = (TICK.compareTo(this.syncInterval) < 0) ? TICK : this.syncInterval;
		return Mono.defer(this::round).then(Mono.defer(() -> Mono.delay(pause, this.scheduler))).repeat().subscribe();
	}

	private Mono<Void> round() {
		boolean sync = now() - this.nextSync >= 0;
		if (sync) {
			this.nextSync = now() + Nanos.of(this.syncInterval);
		}
		else if (this.out) {
			return Mono.empty();
		}
		return reports(sync);
	}

	/** Reports what is new, and asks for what others spent. */
	Mono<Void> reports(boolean sync) {
		return Flux.fromIterable(this.shared)
			.filter((each) -> sync || each.unreported())
			.flatMap(this::exchange, CONCURRENCY)
			.then();
	}

	private Mono<Void> exchange(Shared shared) {
		return shared.exchange(this.store, this.contributor)
			// An error that comes when the wait ends would be logged if it were no
			// element.
			.materialize()
			.timeout(LONGEST_REPORT, this.scheduler)
			.<Void>dematerialize()
			.doOnSuccess((done) -> this.out = false)
			.doOnError((error) -> this.out = true)
			.onErrorComplete();
	}

	/** Reports what is new, and waits half a second for that at most. */
	void end() {
		if (Schedulers.isInNonBlockingThread()) {
			reports(false).subscribe();
		}
		else {
			reports(false).timeout(LAST_REPORT).onErrorComplete().block();
		}
	}

	private long now() {
		return this.scheduler.now(TimeUnit.NANOSECONDS);
	}

}
