package io.github.fallbackai.gateway;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Writes a comment into a stream in which nothing happens, so that what stands between
 * client and gateway does not take the connection for dead.
 */
final class Heartbeat {

	static final String COMMENT = ": fallback-ai waits\n\n";

	private final Duration interval;

	private final Scheduler scheduler;

	/**
	 * Creates a heartbeat.
	 * @param interval between one and two of these pass in silence before a comment, zero
	 * for none
	 * @param scheduler the timer
	 */
	Heartbeat(Duration interval, Scheduler scheduler) {
		this.interval = interval;
		this.scheduler = scheduler;
	}

	/**
	 * Adds comments to a stream. They are asked for like what the stream has to say: a
	 * client that takes nothing gets none.
	 * @param frames what the stream has to say; it must not fail once a comment was sent
	 * @param sent is told before the first comment is sent
	 * @return the stream with comments
	 */
	Flux<String> fill(Flux<String> frames, Runnable sent) {
		if (this.interval.isZero()) {
			return frames;
		}
		Sinks.Empty<Void> end = Sinks.empty();
		AtomicBoolean quiet = new AtomicBoolean(true);
		Flux<String> comments = Flux.interval(this.interval, this.scheduler)
			.filter((tick) -> quiet.getAndSet(true))
			.onBackpressureDrop()
			.map((tick) -> {
				sent.run();
				return COMMENT;
			})
			.takeUntilOther(end.asMono());
		Flux<String> observed = frames.doOnNext((frame) -> quiet.set(false)).doOnTerminate(end::tryEmitEmpty);
		// One at a time: what the client did not take yet stays with the provider.
		return Flux.merge(1, observed, comments);
	}

}
