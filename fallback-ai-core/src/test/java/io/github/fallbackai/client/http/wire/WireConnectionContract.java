// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.RawServer;
import io.github.fallbackai.client.http.netty.PooledWire;
import io.github.fallbackai.client.http.netty.TransportSettings;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of when a wire reuses connections.
 */
public abstract class WireConnectionContract {

	private final Supplier<? extends PooledWire.Builder<?>> builder;

	/** A call has to wait for the one before it to give the only connection back. */
	private final PooledWire<?> wire;

	protected WireConnectionContract(Supplier<? extends PooledWire.Builder<?>> builder) {
		this.builder = builder;
		this.wire = builder.get().transport(new TransportSettings(1, WireFixture.LONG, Duration.ofSeconds(30))).build();
	}

	@AfterEach
	void closeWire() {
		this.wire.close();
	}

	@Test
	void completesAtTheLastEventAndReusesTheConnection() {
		try (RawServer server = RawServer.start((peer) -> {
			while (true) {
				peer.readRequest();
				peer.startEvents().chunk("data: a\n\n").chunk("data: [DONE]\n\n").chunk(": bye\n\n").endChunks();
			}
		})) {
			for (int i = 0; i < 20; i++) {
				StepVerifier.create(WireFixture.events(this.wire, server.uri()))
					.expectNext("a", "[DONE]")
					.expectComplete()
					.verify(WireFixture.LONG);
			}
			// One, unless a busy machine keeps the end of a body waiting for too long.
			assertThat(server.peers()).hasSizeLessThan(10);
		}
	}

	@Test
	void completesAtTheLastEventAlthoughTheServerHoldsTheConnection() throws Exception {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.startEvents().chunk("data: [DONE]\n\n").awaitHangUp();
		})) {
			StepVerifier.create(WireFixture.events(this.wire, server.uri()))
				.expectNext("[DONE]")
				.expectComplete()
				.verify(WireFixture.LONG);
			assertThat(server.peers().get(0).hungUpWithin(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void retriesOnceOnANewConnectionWhenAPooledOneWasStale() {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.respond("200 OK", "text/plain", "first");
			peer.readRequest();
			peer.close();
		})) {
			for (int i = 0; i < 10; i++) {
				assertThat(WireFixture.body(this.wire, server.uri()).blockLast(WireFixture.LONG)).isEqualTo("first");
			}
			assertThat(server.peers()).hasSize(10);
		}
	}

	@Test
	void tellsTheReaderThatItUsesANewConnection() {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.respond("200 OK", "text/plain", "first");
			peer.readRequest();
			peer.close();
		})) {
			WireReader<String> reader = new WireReader<>() {

				@Override
				public Flux<String> read(WireResponse response) {
					return response.body().map((body) -> "read").flux();
				}

				@Override
				public Flux<String> reconnecting() {
					return Flux.just("reconnecting");
				}

			};
			Flux<String> exchange = this.wire.exchange(WireFixture.post(server.uri()), reader);
			assertThat(exchange.collectList().block(WireFixture.LONG)).containsExactly("read");
			assertThat(exchange.collectList().block(WireFixture.LONG)).containsExactly("reconnecting", "read");
		}
	}

	@Test
	void doesNotRetryOnceAByteOfTheResponseCame() {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.respond("200 OK", "text/plain", "first");
			peer.readRequest();
			peer.write("H").close();
		})) {
			WireFixture.body(this.wire, server.uri()).blockLast(WireFixture.LONG);
			assertThat(WireFixture.failureOf(WireFixture.body(this.wire, server.uri())).kind())
				.isEqualTo(FailureKind.CONNECTION_LOST);
			assertThat(server.peers()).hasSize(1);
		}
	}

	@Test
	void doesNotRetryOnAConnectionThatWasNew() {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.close();
		})) {
			assertThat(WireFixture.failureOf(WireFixture.body(this.wire, server.uri())).kind())
				.isEqualTo(FailureKind.CONNECTION_LOST);
			assertThat(server.peers()).hasSize(1);
		}
	}

	@Test
	void aServerThatClosesAfterEveryAnswerCausesNoFailure() {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok").close();
		})) {
			for (int i = 0; i < 50; i++) {
				assertThat(WireFixture.body(this.wire, server.uri()).blockLast(WireFixture.LONG)).isEqualTo("ok");
			}
		}
	}

	@Test
	void doesNotAskAgainForAnAnswerThatIsReadWhileItsConnectionServesAnother() throws Exception {
		CountDownLatch read = new CountDownLatch(1);
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
					+ "9\r\ndata: a\n\n\r\n".repeat(8) + "0\r\n\r\n");
			peer.readRequest();
			read.await();
			peer.startEvents().chunk("data: [DONE]\n\n").endChunks();
		})) {
			OneByOne first = new OneByOne();
			endingTooEarly(server).subscribe(first);
			Mono<List<String>> second = WireFixture.events(this.wire, server.uri()).collectList().cache();
			second.subscribe();
			Awaitility.await().atMost(WireFixture.LONG).until(() -> server.peers().get(0).requests().size() == 2);
			first.requestUnbounded();
			Awaitility.await().atMost(WireFixture.LONG).until(first::isDisposed);
			read.countDown();
			assertThat(second.block(WireFixture.LONG)).containsExactly("[DONE]");
			assertThat(first.received).hasSize(8);
			assertThat(server.peers()).hasSize(1);
		}
	}

	/** What a dialect makes of an answer without its last event. */
	private Flux<String> endingTooEarly(RawServer server) {
		return this.wire.exchange(WireFixture.post(server.uri()),
				(response) -> response.content(true, (event) -> false)
					.cast(ServerEvent.class)
					.map(ServerEvent::data)
					.concatWith(Mono.error(new EndpointException(Failure.of(FailureKind.CONNECTION_LOST).build()))));
	}

	@Test
	void leavingAnAnswerThatHasArrivedDisturbsNobodyOnItsConnection() throws Exception {
		CountDownLatch firstLeft = new CountDownLatch(1);
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			String chunk = "9\r\ndata: a\n\n\r\n";
			peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
					+ chunk.repeat(8) + "0\r\n\r\n");
			peer.readRequest();
			peer.startEvents().chunk("data: b\n\n");
			firstLeft.await();
			peer.chunk("data: [DONE]\n\n").endChunks();
		})) {
			OneByOne first = new OneByOne();
			WireFixture.events(this.wire, server.uri()).subscribe(first);
			StepVerifier.create(WireFixture.events(this.wire, server.uri()))
				.expectNext("b")
				.then(first::cancel)
				.then(firstLeft::countDown)
				.expectNext("[DONE]")
				.expectComplete()
				.verify(WireFixture.LONG);
			assertThat(first.received).containsExactly("a");
			assertThat(server.peers()).hasSize(1);
		}
	}

	@Test
	void isNotDisturbedByNewsOfAnotherSocketWhileItConnects() {
		try (PooledWire<?> connecting = whileConnecting(new NotYetConnectedException());
				RawServer server = RawServer.start((peer) -> {
					peer.readRequest();
					peer.respond("200 OK", "text/plain", "ok").awaitHangUp();
				})) {
			assertThat(WireFixture.body(connecting, server.uri()).blockLast(WireFixture.LONG)).isEqualTo("ok");
		}
	}

	@Test
	void connectsAnewWhenItsSocketIsClosedWhileItConnects() {
		AtomicBoolean closed = new AtomicBoolean();
		try (PooledWire<?> connecting = this.builder.get()
			.httpClient((client) -> client.doOnChannelInit(
					(observer, channel, address) -> channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {

						@Override
						public void connect(ChannelHandlerContext context, SocketAddress remote, SocketAddress local,
								ChannelPromise promise) {
							if (closed.compareAndSet(false, true)) {
								promise.tryFailure(new ClosedChannelException());
								context.close();
							}
							else {
								context.connect(remote, local, promise);
							}
						}

					})))
			.build(); RawServer server = RawServer.start((peer) -> {
				peer.readRequest();
				peer.respond("200 OK", "text/plain", "ok").awaitHangUp();
			})) {
			assertThat(WireFixture.body(connecting, server.uri()).blockLast(WireFixture.LONG)).isEqualTo("ok");
			assertThat(closed).isTrue();
		}
	}

	@Test
	void closesAConnectionThatComesAboutAfterTheExchangeFailed() throws Exception {
		try (PooledWire<?> connecting = whileConnecting(new IllegalStateException("broken"));
				RawServer server = RawServer.start(RawServer.Peer::awaitHangUp)) {
			assertThat(WireFixture.failureOf(WireFixture.body(connecting, server.uri())).kind())
				.isEqualTo(FailureKind.LOCAL);
			Awaitility.await().atMost(WireFixture.LONG).until(() -> !server.peers().isEmpty());
			assertThat(server.peers().get(0).hungUpWithin(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void reusesTheConnectionAfterAnErrorThatWasReadToItsEnd() {
		try (RawServer server = RawServer.start((peer) -> {
			while (true) {
				peer.readRequest();
				peer.respond("429 Too Many Requests", "application/json", "{}");
			}
		})) {
			WireReader<String> refusing = (response) -> response.body()
				.flatMapMany((body) -> Flux.error(new EndpointException(Failure.of(FailureKind.RATE_LIMITED).build())));
			for (int i = 0; i < 20; i++) {
				assertThat(WireFixture.failureOf(this.wire.exchange(WireFixture.post(server.uri()), refusing)).kind())
					.isEqualTo(FailureKind.RATE_LIMITED);
			}
			assertThat(server.peers()).hasSize(1);
		}
	}

	private PooledWire<?> whileConnecting(Exception caught) {
		return this.builder.get()
			.httpClient((client) -> client.doOnChannelInit(
					(observer, channel, address) -> channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {

						@Override
						public void connect(ChannelHandlerContext context, SocketAddress remote, SocketAddress local,
								ChannelPromise promise) {
							context.fireExceptionCaught(caught);
							context.connect(remote, local, promise);
						}

					})))
			.build();
	}

	@Test
	void followsAHostThatMovesAlthoughItsConnectionIsAlwaysInUse() throws Exception {
		InetAddress before = InetAddress.getByName("127.0.0.1");
		InetAddress after = InetAddress.getByName("127.0.0.2");
		MovingHost host = new MovingHost(before);
		try (PooledWire<?> following = living(Duration.ofMillis(500), host);
				RawServer first = RawServer.start(before, 0, answering("first"));
				RawServer second = RawServer.start(after, first.uri().getPort(), answering("second"))) {
			URI provider = URI.create("http://provider.test:" + first.uri().getPort() + "/v1");
			assertThat(WireFixture.body(following, provider).blockLast(WireFixture.LONG)).isEqualTo("first");
			host.moveTo(after);
			Awaitility.await()
				.atMost(WireFixture.LONG)
				.pollInterval(Duration.ofMillis(5))
				.until(() -> "second".equals(WireFixture.body(following, provider).blockLast(WireFixture.LONG)));
			assertThat(second.peers()).isNotEmpty();
			assertThat(first.peers().get(0).hungUpWithin(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void keepsAConnectionAsLongAsItMayLive() throws Exception {
		MovingHost host = new MovingHost(InetAddress.getByName("127.0.0.1"));
		try (PooledWire<?> keeping = living(Duration.ofDays(1), host);
				RawServer server = RawServer.start(answering("ok"))) {
			for (int i = 0; i < 100; i++) {
				assertThat(WireFixture.body(keeping, server.uri()).blockLast(WireFixture.LONG)).isEqualTo("ok");
			}
			assertThat(server.peers()).hasSize(1);
		}
	}

	private PooledWire<?> living(Duration life, MovingHost host) {
		return this.builder.get()
			.transport(new TransportSettings(1, WireFixture.LONG, Duration.ofSeconds(30), life))
			.httpClient((client) -> client.resolver(host))
			.build();
	}

	private static RawServer.Script answering(String body) {
		return (peer) -> {
			while (true) {
				peer.readRequest();
				peer.respond("200 OK", "text/plain", body);
			}
		};
	}

	@Test
	void closingTheWireClosesIdleConnections() throws Exception {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.respond("200 OK", "text/plain", "ok").awaitHangUp();
		})) {
			WireFixture.body(this.wire, server.uri()).blockLast(WireFixture.LONG);
			this.wire.close();
			assertThat(server.peers().get(0).hungUpWithin(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	private static final class OneByOne extends BaseSubscriber<String> {

		private final List<String> received = new CopyOnWriteArrayList<>();

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			request(1);
		}

		@Override
		protected void hookOnNext(String event) {
			this.received.add(event);
		}

		@Override
		protected void hookOnError(Throwable error) {
			// The end is seen by isDisposed.
		}

	}

}
