// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.intake;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.fallbackai.gateway.intake.RefusedBodyException.Reason;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.SignalType;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Takes one body in. What the server received is copied and released at once, so that a
 * body that does not end holds none of the server's buffers. Of a body that is refused
 * the rest is thrown away for a moment before the client is told, because many clients
 * read no answer before they have sent everything. Belongs to one request.
 */
public final class BodyReader extends BaseSubscriber<DataBuffer> {

	private static final Duration LONGEST_REST = Duration.ofMillis(500);

	private final MonoSink<Body> sink;

	private final Seat seat;

	private final BodyLimits limits;

	private final Scheduler timer;

	private final JsonScan scan;

	private final Body body = new Body();

	private final long startedAt;

	private volatile long latestAt;

	private long count;

	private volatile long received;

	private volatile @Nullable RefusedBodyException refusal;

	private volatile @Nullable Disposable alarm;

	private BodyReader(MonoSink<Body> sink, Seat seat, BodyLimits limits, Scheduler timer) {
		this.sink = sink;
		this.seat = seat;
		this.limits = limits;
		this.timer = timer;
		this.scan = new JsonScan(limits);
		this.startedAt = now();
		this.latestAt = this.startedAt;
	}

	/**
	 * Reads a body.
	 * @param source the pieces of the body, each of which is released
	 * @param length its length as far as the client told it, else less than zero
	 * @param seat takes the memory that the body needs
	 * @param limits what the body may be
	 * @param timer clock and timer
	 * @return the body, or a {@link RefusedBodyException}
	 */
	public static Mono<Body> read(Publisher<DataBuffer> source, long length, Seat seat, BodyLimits limits,
			Scheduler timer) {
		return Mono.create((sink) -> {
			BodyReader reader = new BodyReader(sink, seat, limits, timer);
			if (length > limits.bytes()) {
				reader.refuse(limits.tooLarge());
			}
			sink.onDispose(reader);
			source.subscribe(reader);
		});
	}

	@Override
	public Context currentContext() {
		return Context.of(this.sink.contextView());
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		if (this.refusal == null) {
			setAlarm(this.limits.pause().toNanos());
		}
		request(1);
	}

	@Override
	protected void hookOnNext(DataBuffer buffer) {
		try {
			this.latestAt = now();
			this.count += buffer.readableByteCount();
			this.received = this.count;
			if (this.refusal == null) {
				take(buffer);
			}
		}
		finally {
			DataBufferUtils.release(buffer);
		}
		request(1);
	}

	private void take(DataBuffer buffer) {
		try {
			if (this.count > this.limits.bytes()) {
				throw this.limits.tooLarge();
			}
			this.body.add(buffer, this.seat, this.scan);
		}
		catch (RefusedBodyException ex) {
			this.body.clear();
			this.seat.empty();
			refuse(ex);
		}
	}

	private void refuse(RefusedBodyException why) {
		this.refusal = why;
		setAlarm(LONGEST_REST.toNanos());
	}

	@Override
	protected void hookOnComplete() {
		RefusedBodyException why = this.refusal;
		if (why != null) {
			this.sink.error(why);
		}
		else {
			this.sink.success(this.body);
		}
	}

	@Override
	protected void hookOnError(Throwable error) {
		RefusedBodyException why = this.refusal;
		this.sink.error((why != null) ? why
				: new RefusedBodyException(Reason.INCOMPLETE, "The body of the request broke off."));
	}

	@Override
	protected void hookFinally(SignalType type) {
		Disposable alarm = this.alarm;
		if (alarm != null) {
			alarm.dispose();
		}
	}

	private void setAlarm(long nanos) {
		Disposable before = this.alarm;
		this.alarm = this.timer.schedule(this::alarm, nanos, TimeUnit.NANOSECONDS);
		if (before != null) {
			before.dispose();
		}
		if (isDisposed()) {
			this.alarm.dispose();
		}
	}

	private void alarm() {
		RefusedBodyException why = this.refusal;
		if (why == null) {
			long left = this.limits.tooSlowAt(this.startedAt, this.latestAt, this.received) - now();
			if (left > 0) {
				setAlarm(left);
				return;
			}
			why = new RefusedBodyException(Reason.TOO_SLOW, "The body of the request paused, or came too slowly.");
		}
		cancel();
		this.sink.error(why);
	}

	private long now() {
		return this.timer.now(TimeUnit.NANOSECONDS);
	}

}
