package io.github.fallbackai.client.http.netty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ResponseLimits;
import io.github.fallbackai.client.http.wire.ServerEvent;
import io.github.fallbackai.client.http.wire.WireContent;
import io.github.fallbackai.client.http.wire.WireResponse;
import io.github.fallbackai.failure.FailureKind;
import io.netty.buffer.ByteBuf;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;

/**
 * A response, whose buffers are copied out and released where they arrive.
 */
final class ReceivedResponse implements WireResponse {

	private static final Duration ERROR_PATIENCE = Duration.ofMillis(900);

	/** For what arrived while this process stood still. */
	private static final Duration ERROR_GRACE = Duration.ofMillis(100);

	private final ResponseHead head;

	private final Flux<ByteBuf> body;

	private final ResponseLimits limits;

	private final ExchangeTrace trace;

	private final AtomicBoolean claimed = new AtomicBoolean();

	/**
	 * Creates a response.
	 * @param head its head
	 * @param body its body, buffers that are released here
	 * @param limits how much of it is read
	 * @param trace the exchange that it belongs to
	 */
	ReceivedResponse(ResponseHead head, Flux<ByteBuf> body, ResponseLimits limits, ExchangeTrace trace) {
		this.head = head;
		this.body = body;
		this.limits = limits;
		this.trace = trace;
	}

	@Override
	public ResponseHead head() {
		return this.head;
	}

	@Override
	public Flux<WireContent> content(boolean events, Predicate<ServerEvent> last) {
		return Flux.defer(() -> {
			ConnectionReuse<List<WireContent>> decoded = new ConnectionReuse<>(decoded(events));
			// As an element of its own an error cannot overtake events for which there
			// was no demand yet. A prefetch of one buffer lets a slow consumer slow down
			// the server.
			return decoded.materialize().concatMapIterable(ReceivedResponse::contentOf, 1).takeUntil((content) -> {
				boolean found = content instanceof ServerEvent event && last.test(event);
				if (found) {
					decoded.complete();
				}
				return found;
			});
		});
	}

	private Flux<List<WireContent>> decoded(boolean events) {
		BodyReader reader = new BodyReader(this.limits.bodyOf(this.head));
		ContentDecoder decoder = new ContentDecoder(this.limits, events);
		return buffers().<List<WireContent>>map((buffer) -> {
			List<WireContent> content = new ArrayList<>();
			reader.read(buffer, (bytes, length) -> decoder.decode(bytes, length, content::add));
			return content;
		}).concatWith(Mono.fromSupplier(() -> decoder.end(this.head.eventStream()))).onErrorMap(this::translate);
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
			BodyReader reader = new BodyReader(limit);
			ByteAccumulator body = new ByteAccumulator("body", limit);
			// Mapped, because who ignores an element discards it: the caller's discard
			// hook would release a buffer again.
			Flux<ByteAccumulator> parts = buffers().map((buffer) -> {
				synchronized (body) {
					reader.read(buffer, (bytes, length) -> body.append(bytes, 0, length));
				}
				return body;
			}).onErrorMap(this::translate);
			return end.apply(parts).then(Mono.fromSupplier(() -> {
				synchronized (body) {
					return body.toByteArray();
				}
			}));
		});
	}

	/** Broken off, too large or garbage: what came before, and the head, say enough. */
	private static boolean isOfTheBody(Throwable error) {
		return error instanceof EndpointException failed && (failed.failure().kind() == FailureKind.CONNECTION_LOST
				|| failed.failure().kind() == FailureKind.INVALID_RESPONSE);
	}

	/**
	 * Closes the connection if the reader did not claim the body, whose end may never
	 * come.
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
			if (this.trace.left()) {
				return Flux.empty();
			}
			return this.body;
		});
	}

	private Throwable translate(Throwable error) {
		return TransportFailures.translate(error, this.trace);
	}

	private static List<WireContent> contentOf(Signal<List<WireContent>> signal) {
		Throwable error = signal.getThrowable();
		if (error != null) {
			throw Exceptions.propagate(error);
		}
		List<WireContent> content = signal.get();
		return (content != null) ? content : List.of();
	}

}
