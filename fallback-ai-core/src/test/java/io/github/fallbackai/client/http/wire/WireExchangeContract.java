// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.RawServer;
import io.github.fallbackai.client.http.netty.PooledWire;
import io.github.fallbackai.failure.FailureKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of how a wire carries requests and responses.
 */
public abstract class WireExchangeContract {

	private final Supplier<? extends PooledWire.Builder<?>> builder;

	private final PooledWire<?> wire;

	protected WireExchangeContract(Supplier<? extends PooledWire.Builder<?>> builder) {
		this.builder = builder;
		this.wire = builder.get().build();
	}

	@AfterEach
	void closeWire() {
		this.wire.close();
	}

	@Test
	void sendsAPlainHttp11PostWithItsHeaders() {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.respond("200 OK", "application/json", "{}");
		})) {
			assertThat(WireFixture.body(this.wire, server.uri()).blockLast(WireFixture.LONG)).isEqualTo("{}");
			String head = server.peers().get(0).requests().get(0).toLowerCase();
			assertThat(head).startsWith("post /v1 http/1.1\r\n")
				.contains("authorization: bearer sk-secret\r\n", "content-length: 2\r\n", "accept-encoding: gzip")
				.doesNotContain("upgrade", "http2-settings");
		}
	}

	@Test
	void showsStatusAndHeadersWhateverTheStatus() {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 429 Slow\r\nretry-AFTER: 7\r\nContent-Length: 0\r\n\r\n");
		})) {
			Flux<String> heads = this.wire.exchange(WireFixture.post(server.uri()),
					(response) -> response.body()
						.map((body) -> response.head().status() + " " + response.head().header("Retry-After") + " "
								+ body.length)
						.flux());
			assertThat(heads.blockLast(WireFixture.LONG)).isEqualTo("429 7 0");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, 64 * 1024 + 1, 1_000_000 })
	void readsALargeDocumentBesideTheEventLoopAndPassesItOnThere(int size) {
		String document = "[" + "1".repeat(size - 2) + "]";
		ReadingThread reader = new ReadingThread();
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.respond("200 OK", "application/json", document);
		})) {
			Flux<String> exchange = this.wire
				.exchange(WireFixture.post(server.uri()), (response) -> response.content(true, reader))
				.map((length) -> length + " passed on by " + ReadingThread.name());
			assertThat(exchange.blockLast(WireFixture.LONG)).startsWith(size + " passed on by reactor-http");
			assertThat(reader.thread).startsWith((size > 64 * 1024) ? "fallback-ai-answers" : "reactor-http");
		}
	}

	@Test
	void readsNoEndlessSeriesOfEventsThatSayNothing() {
		try (PooledWire<?> small = this.builder.get().limits(new ResponseLimits(1 << 20, 1 << 20, 1 << 10)).build();
				RawServer server = RawServer.start((peer) -> {
					peer.readRequest();
					String tiny = "data: a\n\n".repeat(1 << 14);
					peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + tiny);
					peer.write("data: a\n\n").awaitHangUp();
				})) {
			StepVerifier.create(WireFixture.events(small, server.uri()))
				.expectNextCount(1 << 14)
				.expectErrorSatisfies((error) -> assertThat(((EndpointException) error).failure().kind())
					.isEqualTo(FailureKind.INVALID_RESPONSE))
				.verify(WireFixture.LONG);
		}
	}

	@Test
	void aLargeDocumentThatMakesTheReaderFailFailsTheExchangeOnly() {
		ContentReader<String> broken = new ReadingThread() {

			@Override
			public void document(byte[] bytes, Consumer<? super String> out) {
				throw new OutOfMemoryError("a document too large for this test");
			}

		};
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.respond("200 OK", "application/json", "[" + "1".repeat(100_000) + "]");
		})) {
			assertThat(WireFixture
				.failureOf(this.wire.exchange(WireFixture.post(server.uri()),
						(response) -> response.content(true, broken)))
				.kind()).isEqualTo(FailureKind.LOCAL);
		}
	}

	@Test
	void doesNotFollowARedirectEvenIfTheCustomizerAsksForIt() {
		try (RawServer target = RawServer.start((peer) -> peer.respond("200 OK", "text/plain", "stolen"));
				RawServer server = RawServer.start((peer) -> {
					peer.readRequest();
					peer.write("HTTP/1.1 307 Away\r\nLocation: " + target.uri() + "\r\nContent-Length: 0\r\n\r\n");
				});
				PooledWire<?> eager = this.builder.get()
					.httpClient((client) -> client.followRedirect(true).disableRetry(false).protocol(HttpProtocol.H2C))
					.build()) {
			Flux<Integer> statuses = eager.exchange(WireFixture.post(server.uri()),
					(response) -> Flux.just(response.head().status()));
			assertThat(statuses.blockLast(WireFixture.LONG)).isEqualTo(307);
			assertThat(target.peers()).isEmpty();
		}
	}

	@Test
	void unpacksACompressedEventStream() {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			byte[] packed = gzip("data: a\n\ndata: [DONE]\n\n");
			peer.write(
					"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\nContent-Length: "
							+ packed.length + "\r\n\r\n")
				.write(packed);
		})) {
			StepVerifier.create(WireFixture.events(this.wire, server.uri()))
				.expectNext("a", "[DONE]")
				.expectComplete()
				.verify(WireFixture.LONG);
		}
	}

	@Test
	void deliversEventsAsTheyArriveByteByByte() {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.startEvents();
			for (byte value : "data: grüße\r\n\r\ndata: [DONE]\n\n".getBytes(StandardCharsets.UTF_8)) {
				peer.write("1\r\n").write(new byte[] { value }).write("\r\n");
			}
			peer.endChunks();
		})) {
			StepVerifier.create(WireFixture.events(this.wire, server.uri()))
				.expectNext("grüße", "[DONE]")
				.expectComplete()
				.verify(WireFixture.LONG);
		}
	}

	@Test
	void cancellingAHangingRequestClosesTheConnectionAtOnce() throws Exception {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.awaitHangUp();
		})) {
			Disposable call = WireFixture.events(this.wire, server.uri()).subscribe();
			Awaitility.await().until(() -> !server.peers().isEmpty() && !server.peers().get(0).requests().isEmpty());
			call.dispose();
			assertThat(server.peers().get(0).hungUpWithin(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void cancellingAStreamClosesTheConnectionAtOnce() throws Exception {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.startEvents().chunk("data: a\n\n").awaitHangUp();
		})) {
			WireFixture.events(this.wire, server.uri()).take(1).blockLast(WireFixture.LONG);
			assertThat(server.peers().get(0).hungUpWithin(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void aBodyThatNobodyReadsIsDiscardedWithItsConnection() throws Exception {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.startEvents().chunk("data: a\n\n").awaitHangUp();
		})) {
			Flux<String> unread = this.wire.exchange(WireFixture.post(server.uri()),
					(response) -> Flux.just("head").concatWith(Mono.never()));
			assertThat(unread.blockFirst(WireFixture.LONG)).isEqualTo("head");
			assertThat(server.peers().get(0).hungUpWithin(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void anErrorOfTheReaderClosesTheConnection() throws Exception {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.startEvents().awaitHangUp();
		})) {
			Flux<String> broken = this.wire.exchange(WireFixture.post(server.uri()), (response) -> {
				throw new IllegalStateException("reader");
			});
			WireFixture.failureOf(broken);
			assertThat(server.peers().get(0).hungUpWithin(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void aSlowConsumerSlowsDownTheServer() {
		AtomicLong written = new AtomicLong();
		String event = "data: " + "x".repeat(1000) + "\n\n";
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.startEvents();
			for (int i = 0; i < 30_000; i++) {
				peer.chunk(event);
				written.addAndGet(event.length());
			}
			peer.endChunks();
		})) {
			SlowConsumer consumer = new SlowConsumer();
			WireFixture.events(this.wire, server.uri()).subscribe(consumer);
			consumer.request(3);
			// The server gets stuck: what it wrote stays the same although it has much
			// more to write.
			AtomicLong before = new AtomicLong(-1);
			Awaitility.await()
				.pollInterval(Duration.ofMillis(300))
				.atMost(WireFixture.LONG)
				.until(() -> consumer.received.get() == 3 && written.get() == before.getAndSet(written.get()));
			assertThat(written.get()).isLessThan(15_000_000);
			assertThat(consumer.received.get()).isEqualTo(3);
			consumer.request(Long.MAX_VALUE);
			Awaitility.await().atMost(WireFixture.LONG).until(() -> consumer.received.get() == 30_000);
		}
	}

	@Test
	void passesOverInformationBeforeTheAnswer() {
		try (RawServer server = RawServer.start((peer) -> {
			for (int i = 0; i < 2; i++) {
				peer.readRequest();
				peer.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n")
					.write("HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n")
					.write("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nanswer");
			}
			peer.awaitHangUp();
		})) {
			for (int i = 0; i < 2; i++) {
				assertThat(WireFixture.body(this.wire, server.uri()).blockLast(WireFixture.LONG)).isEqualTo("answer");
			}
		}
	}

	private static byte[] gzip(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream packer = new GZIPOutputStream(bytes)) {
			packer.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

	/**
	 * Takes what it asked for and no more.
	 */
	private static final class SlowConsumer extends BaseSubscriber<String> {

		private final AtomicLong received = new AtomicLong();

		@Override
		protected void hookOnSubscribe(org.reactivestreams.Subscription subscription) {
			// The test asks.
		}

		@Override
		protected void hookOnNext(String value) {
			this.received.incrementAndGet();
		}

	}

	/** Reads a document to its length, and notes on which thread. */
	private static class ReadingThread implements ContentReader<String> {

		private volatile String thread = "";

		static String name() {
			return Thread.currentThread().getName();
		}

		@Override
		public boolean event(EventData event, Consumer<? super String> out) {
			return false;
		}

		@Override
		public void document(byte[] bytes, Consumer<? super String> out) {
			this.thread = name();
			out.accept(String.valueOf(bytes.length));
		}

		@Override
		public void end(Consumer<? super String> out) {
			// The document was all.
		}

	}

}
