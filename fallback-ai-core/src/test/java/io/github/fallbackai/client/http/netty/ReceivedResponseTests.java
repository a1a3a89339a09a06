// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.wire.ContentReader;
import io.github.fallbackai.client.http.wire.EventData;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ResponseLimits;
import io.github.fallbackai.client.http.wire.ServerEvent;
import io.github.fallbackai.client.http.wire.WireFixture;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link ReceivedResponse} with bodies whose timing the test controls.
 */
class ReceivedResponseTests {

	private final List<ByteBuf> allocated = new ArrayList<>();

	@AfterEach
	void everyBufferIsReleased() {
		assertThat(this.allocated).isNotEmpty().allMatch((buffer) -> buffer.refCnt() == 0);
	}

	@Test
	void anErrorDoesNotOvertakeEventsThatNobodyAskedForYet() {
		Flux<ByteBuf> body = Flux.just(buffer("data: a\n\ndata: b\n\n"), buffer("data: c\n\n"))
			.concatWith(Flux.error(new IOException("reset")));
		StepVerifier.create(events(body), 2)
			.expectNext("a", "b")
			.thenRequest(1)
			.expectNext("c")
			.thenRequest(1)
			.expectError(EndpointException.class)
			.verify(WireFixture.LONG);
	}

	@Test
	void takesOneBufferAtATime() {
		TestPublisher<ByteBuf> body = TestPublisher.create();
		StepVerifier.create(events(body.flux()), 1)
			.then(() -> body.assertMaxRequested(1))
			.then(() -> body.next(buffer("data: a\n\ndata: b\n\n")))
			.expectNext("a")
			.then(() -> body.assertMaxRequested(1))
			.thenRequest(1)
			.expectNext("b")
			.thenCancel()
			.verify(WireFixture.LONG);
		body.assertCancelled();
	}

	@Test
	void readsOnQuietlyAfterTheLastEvent() {
		TestPublisher<ByteBuf> body = TestPublisher.create();
		StepVerifier.create(events(body.flux()))
			.then(() -> body.next(buffer("data: [DONE]\n\ndata: more\n\n")))
			.expectNext("[DONE]")
			.expectComplete()
			.verify(WireFixture.LONG);
		body.assertNotCancelled();
		body.next(buffer("data: even more\n\n"));
		body.complete();
	}

	@Test
	void largeDocumentsOfCallersWhoLeftDoNotWaitForTheirTurn() throws InterruptedException {
		CountDownLatch busy = new CountDownLatch(DocumentThreads.most());
		CountDownLatch free = new CountDownLatch(1);
		for (int thread = 0; thread < DocumentThreads.most(); thread++) {
			DocumentThreads.execute(() -> {
				busy.countDown();
				await(free);
			});
		}
		assertThat(busy.await(1, TimeUnit.MINUTES)).isTrue();
		int before = DocumentThreads.waiting();
		List<Disposable> callers = new ArrayList<>();
		for (int caller = 0; caller < 10; caller++) {
			callers.add(response(Flux.just(buffer("x".repeat(70_000)))).content(false, new NoReader()).subscribe());
		}
		assertThat(DocumentThreads.waiting()).isEqualTo(before + 10);
		callers.forEach(Disposable::dispose);
		assertThat(DocumentThreads.waiting()).isEqualTo(before);
		free.countDown();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void releasesTheBufferThatExceedsTheLimit() {
		StepVerifier.create(events(Flux.just(buffer("data: " + "x".repeat(5000) + "\n\n"))))
			.expectError(EndpointException.class)
			.verify(WireFixture.LONG);
	}

	@Test
	void theBodyCanBeReadOnce() {
		ReceivedResponse response = response(Flux.just(buffer("abc")));
		assertThat(response.body().block()).hasSize(3);
		StepVerifier.create(response.body()).expectError().verify(WireFixture.LONG);
	}

	@Test
	void releasesABufferOnceThoughTheCallerReleasesWhatIsDiscarded() {
		ByteBuf buffer = buffer("abc");
		ByteBuf connectionsOwn = this.allocated.get(0).retain();
		// WebFlux puts such a hook around what a controller returns.
		response(Flux.just(buffer)).body().doOnDiscard(ByteBuf.class, ByteBuf::release).block();
		assertThat(connectionsOwn.refCnt()).isEqualTo(1);
		connectionsOwn.release();
	}

	private static Flux<String> events(Flux<ByteBuf> body) {
		return response(body).content(true, (event) -> event.data().equals("[DONE]"))
			.cast(ServerEvent.class)
			.map(ServerEvent::data);
	}

	/** A connection that breaks as it is closed tells so while it is being closed. */
	@Test
	void aBodyThatIsTooLargeIsSaidOnceThoughTheConnectionBreaksAsItIsClosed() {
		Flux<ByteBuf> breaking = Flux.from((subscriber) -> subscriber.onSubscribe(new Subscription() {

			private boolean asked;

			@Override
			public void request(long n) {
				if (!this.asked) {
					this.asked = true;
					subscriber.onNext(buffer("x".repeat(200_000)));
				}
			}

			@Override
			public void cancel() {
				subscriber.onError(new IOException("reset"));
			}

		}));
		List<Throwable> dropped = new CopyOnWriteArrayList<>();
		Context told = Context.of("reactor.onErrorDropped.local", (Consumer<Throwable>) dropped::add);
		assertThatExceptionOfType(EndpointException.class)
			.isThrownBy(() -> response(breaking).body().contextWrite(told).block())
			.withCauseInstanceOf(ResponseTooLargeException.class);
		response(breaking).errorBody().contextWrite(told).onErrorComplete().block();
		assertThat(dropped).isEmpty();
	}

	private static ReceivedResponse response(Flux<ByteBuf> body) {
		return new ReceivedResponse(new ResponseHead(200, Map.of()), body, true,
				new ResponseLimits(100_000, 1000, 1000), new ExchangeTrace());
	}

	private ByteBuf buffer(String text) {
		ByteBuf buffer = UnpooledByteBufAllocator.DEFAULT.buffer();
		buffer.writeBytes(text.getBytes(StandardCharsets.UTF_8));
		this.allocated.add(buffer);
		return buffer;
	}

	private static final class NoReader implements ContentReader<String> {

		@Override
		public boolean event(EventData event, Consumer<? super String> out) {
			return false;
		}

		@Override
		public void document(byte[] bytes, Consumer<? super String> out) {
			throw new IllegalStateException("the caller left");
		}

		@Override
		public void end(Consumer<? super String> out) {
			// There is nothing to tell.
		}

	}

}
