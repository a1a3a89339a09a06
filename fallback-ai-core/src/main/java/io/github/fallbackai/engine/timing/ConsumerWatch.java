// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.timing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.endpoint.Nanos;
import reactor.core.CoreSubscriber;
import reactor.core.scheduler.Scheduler;

/**
 * Ends a call whose consumer has taken nothing for too long, so that it does not hold a
 * place at an endpoint. The pauses of the consumer do not count towards the deadline. One
 * timer at a time, however often the consumer pauses.
 */
public final class ConsumerWatch extends DemandWatch<ChatEvent> {

	private static final long TAKING = Long.MIN_VALUE;

	private static final long SHORTEST_WAIT = TimeUnit.MILLISECONDS.toNanos(1);

	private final long limit;

	private final Deadline deadline;

	private final IntFunction<Throwable> onStall;

	/** Since when the consumer wants nothing. */
	private volatile long pausedAt = TAKING;

	private volatile boolean timed;

	/** How much text the consumer holds. */
	private int characters;

	/**
	 * Creates a watch.
	 * @param actual the consumer
	 * @param limit how long it may take nothing
	 * @param deadline the call's deadline, which a pause of the consumer stops
	 * @param scheduler clock and timers
	 * @param onStall ends the call, and says with which error; it gets the number of
	 * characters that the consumer holds
	 */
	public ConsumerWatch(CoreSubscriber<? super ChatEvent> actual, Duration limit, Deadline deadline,
			Scheduler scheduler, IntFunction<Throwable> onStall) {
		super(actual, scheduler);
		this.limit = Nanos.of(limit);
		this.deadline = deadline;
		this.onStall = onStall;
	}

	@Override
	void arrived(ChatEvent event) {
		if (event instanceof ChatEvent.ContentDelta delta) {
			this.characters += delta.text().length();
		}
		else if (event instanceof ChatEvent.EndpointSwitched switched && switched.discardPrevious()) {
			this.characters = 0;
		}
	}

	@Override
	void update(boolean demand) {
		boolean paused = this.pausedAt != TAKING;
		if (demand && paused) {
			this.pausedAt = TAKING;
			this.deadline.resume();
		}
		else if (!demand && !paused) {
			this.pausedAt = now();
			this.deadline.pause();
		}
		if (!demand && !this.timed) {
			this.timed = true;
			wakeIn(Math.max(this.pausedAt + this.limit - now(), SHORTEST_WAIT));
		}
	}

	@Override
	void onTimer() {
		long since = this.pausedAt;
		if (since != TAKING && now() - since >= this.limit && endIfQuiet()) {
			Throwable error = this.onStall.apply(this.characters);
			source().cancel();
			actual().onError(error);
			return;
		}
		this.timed = false;
		changed();
	}

}
