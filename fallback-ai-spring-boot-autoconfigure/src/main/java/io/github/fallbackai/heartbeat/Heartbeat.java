// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.heartbeat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Writes a comment into a stream in which nothing happens, so that proxies on the way to
 * the client do not close the connection, and a client that has left is noticed.
 */
public final class Heartbeat {

	private final Duration interval;

	private final Scheduler scheduler;

	/**
	 * Creates a heartbeat.
	 * @param interval a comment follows after between one and two of these without any
	 * frame; zero for no comments
	 * @param scheduler the timer
	 */
	public Heartbeat(Duration interval, Scheduler scheduler) {
		this.interval = interval;
		this.scheduler = scheduler;
	}

	/**
	 * Adds comments to a stream. They need demand like other frames, so a client that
	 * takes nothing gets none.
	 * @param frames the frames of the stream; it must not fail once a comment was sent
	 * @param comment makes a comment that is sent then
	 * @param <T> what a frame is
	 * @return the stream with comments
	 */
	public <T> Flux<T> fill(Flux<T> frames, Supplier<T> comment) {
		return this.interval.isZero() ? frames : Flux.defer(() -> filled(frames, comment));
	}

	private <T> Flux<T> filled(Flux<T> frames, Supplier<T> comment) {
		Sinks.Empty<Void> end = Sinks.empty();
		AtomicBoolean quiet = new AtomicBoolean(true);
		Flux<T> comments = Flux.interval(this.interval, this.scheduler)
			.filter((tick) -> quiet.getAndSet(true))
			.onBackpressureDrop()
			.map((tick) -> comment.get())
			.takeUntilOther(end.asMono());
		Flux<T> observed = frames.doOnNext((frame) -> quiet.set(false)).doOnTerminate(end::tryEmitEmpty);
		// One at a time, so that data that the client did not take yet stays with the
		// provider.
		return Flux.merge(1, observed, comments);
	}

}
