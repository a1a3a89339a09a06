// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.wire.ContentReader;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ResponseLimits;
import io.github.fallbackai.client.http.wire.WireResponse;
import io.github.fallbackai.failure.FailureKind;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A response. Its buffers are read on the thread on which they arrive.
 */
final class ReceivedResponse implements WireResponse {

	private static final Duration ERROR_PATIENCE = Duration.ofMillis(900);

	/** Extra time for data that arrived while this process stood still. */
	private static final Duration ERROR_GRACE = Duration.ofMillis(100);

	private final ResponseHead head;

	private final Flux<ByteBuf> body;

	private final boolean owned;

	private final ResponseLimits limits;

	private final ExchangeTrace trace;

	private final AtomicBoolean claimed = new AtomicBoolean();

	/**
	 * Creates a response.
	 * @param head its head
	 * @param body its body
	 * @param owned whether the buffers have to be released here
	 * @param limits how much of it is read
	 * @param trace the exchange that it belongs to
	 */
	ReceivedResponse(ResponseHead head, Flux<ByteBuf> body, boolean owned, ResponseLimits limits, ExchangeTrace trace) {
		this.head = head;
		this.body = body;
		this.owned = owned;
		this.limits = limits;
		this.trace = trace;
	}

	@Override
	public ResponseHead head() {
		return this.head;
	}

	@Override
	public <T> Flux<T> content(boolean events, ContentReader<T> reader) {
		return new Flux<>() {

			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				buffers().subscribe(new ContentSubscriber<>(actual, reader, new ContentDecoder(limits(), events),
						ReceivedResponse.this, limits().bodyOf(head())));
			}

		};
	}

	@Override
	public Mono<byte[]> body() {
		return collected(UnaryOperator.identity());
	}

	@Override
	public Mono<byte[]> errorBody() {
		return collected((parts) -> parts.takeUntilOther(Mono.delay(ERROR_PATIENCE).delayElement(ERROR_GRACE))
			.onErrorResume(ReceivedResponse::isOfTheBody, (error) -> Mono.empty()));
	}

	/** All bytes until the end, which may come early and on another thread. */
	private Mono<byte[]> collected(UnaryOperator<Flux<ByteAccumulator>> end) {
		return Mono.defer(() -> {
			long limit = this.limits.bodyOf(this.head);
			ByteAccumulator body = new ByteAccumulator("body", limit);
			AtomicReference<@Nullable Throwable> excess = new AtomicReference<>();
			// Mapped, because ignored elements are discarded, and the caller's discard
			// hook would release a buffer again. What is too large is not thrown at once:
			// the connection may say that it breaks while it is closed, and the second of
			// two errors would be dropped.
			Flux<ByteAccumulator> parts = buffers().map((buffer) -> {
				try {
					synchronized (body) {
						body.append(buffer);
					}
				}
				catch (ResponseTooLargeException ex) {
					excess.set(ex);
				}
				finally {
					consumed(buffer);
				}
				return body;
			})
				.takeUntil((part) -> excess.get() != null)
				.concatWith(Mono.defer(() -> Mono.justOrEmpty(excess.get()).flatMap(Mono::error)))
				.onErrorMap((error) -> translate(Objects.requireNonNullElse(excess.get(), error)));
			return end.apply(parts).then(Mono.fromSupplier(() -> {
				synchronized (body) {
					return body.toByteArray();
				}
			}));
		});
	}

	/**
	 * Whether the body broke off, is too large or is garbage. The head, and what came
	 * before, say enough.
	 */
	private static boolean isOfTheBody(Throwable error) {
		return error instanceof EndpointException failed && (failed.failure().kind() == FailureKind.CONNECTION_LOST
				|| failed.failure().kind() == FailureKind.INVALID_RESPONSE);
	}

	/**
	 * Closes the connection if the reader did not take the body, because its end may
	 * never come.
	 */
	void closeUnlessRead() {
		if (this.claimed.compareAndSet(false, true)) {
			this.trace.closeConnection();
		}
	}

	private Flux<ByteBuf> buffers() {
		return Flux.defer(() -> {
			if (!this.claimed.compareAndSet(false, true)) {
				return Flux.error(new IllegalStateException("the body can be read once, and only within the exchange"));
			}
			return this.trace.left() ? Flux.empty() : this.body;
		});
	}

	private ResponseLimits limits() {
		return this.limits;
	}

	/** A buffer was read, or is of no interest. */
	void consumed(ByteBuf buffer) {
		if (this.owned) {
			buffer.release();
		}
	}

	/** Where the connection is read. */
	Executor eventLoop() {
		return this.trace.eventLoop();
	}

	Throwable translate(Throwable error) {
		return TransportFailures.translate(error, this.trace);
	}

}
