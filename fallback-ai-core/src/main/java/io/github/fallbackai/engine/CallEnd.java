// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.event.CallEndedBuilder;
import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.AttemptOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The end of one call. Several threads may want to end it: the first one does, also for
 * the attempts that still run, and the others learn that it is over. The end is told once
 * and counts all attempts, so the last one of them to end tells it.
 */
final class CallEnd {

	private final CallLog log;

	private final CallHistory history;

	private final CallEnvironment environment;

	private final long startedAt;

	private final AtomicReference<@Nullable CallEndedBuilder> reached = new AtomicReference<>();

	/** The call itself, and its attempts, as far as their ends are not told. */
	private final AtomicInteger untold = new AtomicInteger(1);

	private final Set<CallAttempt> running = ConcurrentHashMap.newKeySet(2);

	CallEnd(CallLog log, CallHistory history, CallEnvironment environment) {
		this.log = log;
		this.history = history;
		this.environment = environment;
		this.startedAt = environment.now();
	}

	/** Whether the call is over. */
	boolean reached() {
		return this.reached.get() != null;
	}

	/**
	 * An attempt is about to begin.
	 * @return whether it may; then {@link #began} and {@link #left} have to follow
	 */
	boolean mayBegin() {
		return !reached() && this.untold.getAndUpdate((count) -> (count > 0) ? count + 1 : 0) > 0;
	}

	/** An attempt began; it ends at once if the call is over. */
	void began(CallAttempt attempt) {
		this.running.add(attempt);
		if (reached()) {
			attempt.abandon();
		}
	}

	/** An attempt has ended, or the call does not need it any more. */
	void left(CallAttempt attempt) {
		this.running.remove(attempt);
		told();
	}

	/**
	 * The answer is complete.
	 * @return whether the call ends here
	 */
	boolean succeeded(ChatResponse response) {
		CallEndedBuilder end = this.log.ending(AttemptOutcome.SUCCEEDED)
			.endpoint(response.endpoint())
			.model(response.model())
			.degraded(response.degraded());
		boolean here = reach(end);
		if (here) {
			told();
		}
		return here;
	}

	/**
	 * The caller left.
	 */
	void cancelled() {
		if (reach(this.log.ending(AttemptOutcome.CANCELLED))) {
			told();
		}
	}

	/**
	 * The call fails.
	 * @param exception makes the exception when no attempt runs any more
	 * @return the exception, {@code null} if the call does not end here
	 */
	@Nullable AiFallbackException failed(Supplier<? extends @Nullable AiFallbackException> exception) {
		CallEndedBuilder end = this.log.ending(AttemptOutcome.FAILED);
		if (!reach(end)) {
			return null;
		}
		try {
			AiFallbackException made = exception.get();
			end.exception(made);
			return made;
		}
		finally {
			told();
		}
	}

	private boolean reach(CallEndedBuilder end) {
		end.duration(Duration.ofNanos(this.environment.now() - this.startedAt));
		if (!this.reached.compareAndSet(null, end)) {
			return false;
		}
		this.running.forEach(CallAttempt::abandon);
		return true;
	}

	private void told() {
		if (this.untold.decrementAndGet() > 0) {
			return;
		}
		// Read after the count: the call itself counts until its end is reached, so the
		// last one to be told always sees that end.
		CallEndedBuilder end = this.reached.get();
		if (end != null) {
			this.log.callEnded(end.attempts(this.history.attempts().size()).build());
		}
	}

}
