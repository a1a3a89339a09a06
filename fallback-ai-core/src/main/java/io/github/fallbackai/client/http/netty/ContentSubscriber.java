// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.fallbackai.client.http.wire.ContentReader;
import io.github.fallbackai.client.http.wire.EventData;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * Reads a body on the thread on which it arrives: bytes become events, and a reader makes
 * values of the events. All values of one buffer are passed on together.
 *
 * <p>
 * After the last event of interest, the rest of the body is discarded for a short time.
 * Its end usually follows at once, and if the connection were closed instead, each call
 * would cost a handshake. A consumer that leaves earlier closes the connection at once.
 *
 * @param <T> type of what the reader makes
 */
final class ContentSubscriber<T> implements CoreSubscriber<ByteBuf>, Outlet.Source {

	private static final Duration PATIENCE = Duration.ofMillis(250);

	/** A stream whose events are smaller than that on average says nothing. */
	private static final int LEAST_PER_EVENT = 64;

	private static final int FEW_EVENTS = 1000;

	private final Outlet<T> outlet;

	private final CoreSubscriber<? super T> actual;

	private final ContentReader<T> reader;

	private final ContentDecoder decoder;

	private final ReceivedResponse response;

	private final DocumentRoom room = new DocumentRoom();

	private final long limit;

	private long total;

	private long events;

	private Subscription upstream = Operators.emptySubscription();

	/** Whether nothing more is read. */
	private boolean finished;

	/** Whether the rest of the body is of no interest. */
	private volatile boolean lingering;

	private volatile boolean sourceEnded;

	private volatile @Nullable Disposable timer;

	/** Reads a large document when it is its turn. */
	private volatile @Nullable Runnable turn;

	ContentSubscriber(CoreSubscriber<? super T> actual, ContentReader<T> reader, ContentDecoder decoder,
			ReceivedResponse response, long limit) {
		this.actual = actual;
		this.outlet = new Outlet<>(actual, this);
		this.reader = reader;
		this.decoder = decoder;
		this.response = response;
		this.limit = limit;
	}

	@Override
	public Context currentContext() {
		return this.actual.currentContext();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.upstream = subscription;
		this.reader.begin(this.outlet);
		this.actual.onSubscribe(this.outlet);
	}

	@Override
	public void ask(long n) {
		this.upstream.request(n);
	}

	@Override
	public void leave() {
		this.room.close();
		if (!this.lingering) {
			this.upstream.cancel();
		}
		forgetTurn();
	}

	/**
	 * A document that is not read any more must not wait for its turn, and take memory.
	 */
	private void forgetTurn() {
		Runnable waiting = this.turn;
		if (waiting != null) {
			DocumentThreads.forget(waiting);
		}
	}

	@Override
	public void onNext(ByteBuf buffer) {
		if (this.finished || this.outlet.cancelled()) {
			this.response.consumed(buffer);
			return;
		}
		this.outlet.open();
		try {
			if (read(buffer)) {
				linger();
				end();
			}
			this.room.hold(this.decoder.documentSize());
		}
		catch (ResponseTooLargeException ex) {
			this.upstream.cancel();
			broken(ex);
		}
		catch (Throwable ex) {
			Exceptions.throwIfFatal(ex);
			this.upstream.cancel();
			fail(ex);
		}
		finally {
			this.response.consumed(buffer);
			this.outlet.close();
		}
	}

	@Override
	public void onError(Throwable error) {
		sourceEnded();
		// The error of a connection that was closed here is ignored.
		if (!this.finished) {
			broken(error);
		}
	}

	@Override
	public void onComplete() {
		sourceEnded();
		if (this.finished) {
			return;
		}
		if (this.decoder.documentSize() > DocumentThreads.LARGE) {
			this.finished = true;
			Executor here = this.response.eventLoop();
			Runnable reading = () -> readLarge(here);
			this.turn = reading;
			DocumentThreads.execute(reading);
			if (this.outlet.cancelled()) {
				forgetTurn();
			}
			return;
		}
		this.outlet.open();
		try {
			readDocument(this.outlet);
			end();
		}
		catch (Throwable ex) {
			Exceptions.throwIfFatal(ex);
			fail(ex);
		}
		finally {
			this.outlet.close();
		}
	}

	private void readDocument(Consumer<? super T> out) {
		byte[] document = this.decoder.end(this.response.head().eventStream());
		if (document != null) {
			this.reader.document(document, out);
		}
	}

	/**
	 * Reads a large document here, and passes its values on where small ones are read.
	 */
	private void readLarge(Executor eventLoop) {
		List<T> values = new ArrayList<>();
		try {
			if (!this.outlet.cancelled()) {
				readDocument(values::add);
			}
			DocumentThreads.executeAt(eventLoop, () -> passOn(values));
		}
		catch (Throwable ex) {
			// Also if the heap has no room for the document: the call goes on elsewhere.
			DocumentThreads.executeAt(eventLoop, () -> fail(ex));
		}
	}

	private void passOn(List<T> values) {
		this.outlet.open();
		try {
			values.forEach(this.outlet);
			end();
		}
		catch (Throwable ex) {
			Exceptions.throwIfFatal(ex);
			fail(ex);
		}
		finally {
			this.outlet.close();
		}
	}

	private boolean read(ByteBuf buffer) {
		this.total += buffer.readableBytes();
		if (this.total > this.limit) {
			throw new ResponseTooLargeException("body", this.limit);
		}
		if (buffer.hasArray()) {
			int start = buffer.arrayOffset() + buffer.readerIndex();
			return this.decoder.decode(buffer.array(), start, start + buffer.readableBytes(), this::read);
		}
		byte[] scratch = Scratch.take();
		try {
			boolean last = false;
			while (!last && buffer.isReadable()) {
				int length = Math.min(buffer.readableBytes(), scratch.length);
				buffer.readBytes(scratch, 0, length);
				last = this.decoder.decode(scratch, 0, length, this::read);
			}
			return last;
		}
		finally {
			Scratch.giveBack(scratch);
		}
	}

	private boolean read(EventData event) {
		if (++this.events > FEW_EVENTS && this.events > this.limit / LEAST_PER_EVENT) {
			throw new ResponseTooLargeException(
					"events: " + this.events + " of less than " + LEAST_PER_EVENT + " bytes on average");
		}
		return !this.outlet.cancelled() && this.reader.event(event, this.outlet);
	}

	/** The body has ended. The reader decides whether the answer is complete. */
	private void end() {
		this.finished = true;
		this.room.close();
		this.reader.end(this.outlet);
		this.outlet.end(null);
	}

	/** The connection broke. What was read may be enough. */
	private void broken(Throwable error) {
		this.finished = true;
		this.room.close();
		this.outlet.end(this.reader.complete() ? null : this.response.translate(error));
	}

	private void fail(Throwable error) {
		this.finished = true;
		this.room.close();
		this.outlet.end(this.response.translate(error));
	}

	private void linger() {
		this.lingering = true;
		this.upstream.request(Long.MAX_VALUE);
		if (!this.sourceEnded) {
			this.timer = Schedulers.parallel()
				.schedule(this.upstream::cancel, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
			if (this.sourceEnded) {
				stopTimer();
			}
		}
	}

	private void sourceEnded() {
		this.sourceEnded = true;
		stopTimer();
	}

	private void stopTimer() {
		Disposable current = this.timer;
		if (current != null) {
			current.dispose();
		}
	}

}
