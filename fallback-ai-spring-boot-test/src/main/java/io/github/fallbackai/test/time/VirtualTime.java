// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.time;

import java.time.Duration;

import reactor.core.scheduler.Scheduler;

/**
 * Time that goes by as usual, and that a test can move forward: a limit of 15 seconds or
 * a cool-down of a minute then passes at once.
 *
 * <pre class="code">
 * CompletableFuture&lt;String&gt; answer = CompletableFuture.supplyAsync(() -&gt; chat.answer("Hello"));
 * primary.awaitRequests(1, Duration.ofSeconds(10));
 * time.advance(Duration.ofSeconds(15));
 * assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(...);
 * </pre>
 *
 * {@link io.github.fallbackai.test.spring.SimulatedEndpoints} gives it to an application
 * and its simulators. Elsewhere, hand {@link #scheduler()} to whatever has timers. Safe
 * for use by several threads.
 */
public final class VirtualTime implements AutoCloseable {

	private final VirtualScheduler scheduler = new VirtualScheduler();

	private VirtualTime() {
	}

	/**
	 * Creates a time of its own, which begins now.
	 * @return the time; its thread is a daemon
	 */
	public static VirtualTime create() {
		return new VirtualTime();
	}

	/**
	 * Moves this time forward. All timers that are due until then run, in their order,
	 * and each sees the time for which it was set. So do timers that are set meanwhile.
	 * Nothing else happens meanwhile: what travels over a connection does not arrive
	 * earlier. Returns when the timers have run.
	 * @param duration how far, not negative
	 * @throws IllegalStateException if a timer calls this method, or if this time is
	 * closed
	 */
	public void advance(Duration duration) {
		if (duration.isNegative()) {
			throw new IllegalArgumentException("duration: " + duration + " (expected: >= 0)");
		}
		this.scheduler.advance(duration);
	}

	/**
	 * Returns how much time has passed.
	 * @return the time since this one was created, real and virtual
	 */
	public Duration elapsed() {
		return this.scheduler.elapsed();
	}

	/**
	 * Returns the clock and the timers of this time.
	 * @return a scheduler with one thread, on which nothing may block
	 */
	public Scheduler scheduler() {
		return this.scheduler;
	}

	/**
	 * Drops all timers. New ones are refused.
	 */
	@Override
	public void close() {
		this.scheduler.dispose();
	}

}
