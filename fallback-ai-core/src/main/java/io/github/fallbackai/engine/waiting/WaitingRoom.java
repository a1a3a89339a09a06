// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.waiting;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.fallbackai.chat.Load;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The calls that wait until an endpoint may be tried. Their number is limited, so that it
 * does not grow without end in an outage. Safe for use by several threads.
 */
public final class WaitingRoom {

	private static final int MOST = 1000;

	private static final int MOST_BATCH = 100_000;

	private final Scheduler scheduler;

	private final AtomicInteger interactive = new AtomicInteger();

	private final AtomicInteger batch = new AtomicInteger();

	public WaitingRoom(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Lets a call wait.
	 * @param wait what it waits for
	 * @param load how urgent the call is
	 * @return completes when it is time to look again; {@code null} if too many wait
	 */
	public @Nullable Mono<Void> enter(WaitTarget wait, Load load) {
		AtomicInteger waiting = (load == Load.BATCH) ? this.batch : this.interactive;
		if (waiting.incrementAndGet() > ((load == Load.BATCH) ? MOST_BATCH : MOST)) {
			waiting.decrementAndGet();
			return null;
		}
		return until(wait, load).doFinally((signal) -> waiting.decrementAndGet());
	}

	private Mono<Void> until(WaitTarget wait, Load load) {
		return Mono.create((sink) -> new QueuedCall(wait, load, sink, this.scheduler).begin());
	}

}
