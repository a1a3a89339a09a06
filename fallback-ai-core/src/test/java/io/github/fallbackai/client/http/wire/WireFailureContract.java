// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.fallbackai.client.http.RawServer.Script;
import io.github.fallbackai.client.http.RawServer;
import io.github.fallbackai.client.http.netty.PooledWire;
import io.github.fallbackai.client.http.netty.TransportSettings;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.ReplaySafety;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of how a wire names what goes wrong.
 */
public abstract class WireFailureContract {

	private final Supplier<? extends PooledWire.Builder<?>> builder;

	private final PooledWire<?> wire;

	protected WireFailureContract(Supplier<? extends PooledWire.Builder<?>> builder) {
		this.builder = builder;
		this.wire = builder.get().limits(new ResponseLimits(20_000, 1_000, 500)).build();
	}

	@AfterEach
	void closeWire() {
		this.wire.close();
	}

	@Test
	void aRefusedConnectionWasCertainlyNotProcessed() throws IOException {
		URI uri;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			uri = URI.create("http://127.0.0.1:" + socket.getLocalPort());
		}
		Failure failure = WireFixture.failureOf(WireFixture.body(this.wire, uri));
		assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT_FAILED);
		assertThat(failure.replaySafety()).isEqualTo(ReplaySafety.NOT_PROCESSED);
		assertThat(failure.cause()).isInstanceOf(ConnectException.class);
	}

	@Test
	void anUnknownHostIsAFailureToConnect() {
		// Where there is no name server, no answer says so for long.
		try (PooledWire<?> impatient = this.builder.get()
			.httpClient((client) -> client
				.resolver((names) -> names.queryTimeout(Duration.ofSeconds(1)).maxQueriesPerResolve(1)))
			.build()) {
			Failure failure = WireFixture
				.failureOf(WireFixture.body(impatient, URI.create("http://no-such-host.invalid/v1")));
			assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT_FAILED);
		}
	}

	@Test
	void aFailedTlsHandshakeIsAFailureToConnect() {
		try (RawServer server = RawServer.start((peer) -> peer.write("this is no TLS\r\n").awaitHangUp())) {
			URI uri = URI.create(server.uri().toString().replace("http:", "https:"));
			Failure failure = WireFixture.failureOf(WireFixture.body(this.wire, uri));
			assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT_FAILED);
			assertThat(failure.replaySafety()).isEqualTo(ReplaySafety.NOT_PROCESSED);
		}
	}

	@Test
	void aTlsHandshakeThatHangsEndsWithTheConnectTimeout() {
		try (RawServer server = RawServer.start(RawServer.Peer::awaitHangUp)) {
			URI uri = URI.create(server.uri().toString().replace("http:", "https:"));
			Failure failure = WireFixture
				.failureOf(WireFixture.body(this.wire, WireFixture.post(uri, Duration.ofSeconds(1))));
			assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT_FAILED);
			assertThat(failure.cause()).isInstanceOf(SslHandshakeTimeoutException.class).hasMessageContaining("1000ms");
		}
	}

	@Test
	void aCloseBeforeTheResponseIsALostConnection() {
		assertKind(FailureKind.CONNECTION_LOST, (peer) -> {
			peer.readRequest();
			peer.close();
		});
	}

	@Test
	void aResetBeforeTheResponseIsALostConnection() {
		assertKind(FailureKind.CONNECTION_LOST, (peer) -> {
			peer.readRequest();
			peer.reset();
		});
	}

	@Test
	void aCloseWithinTheHeadersIsALostConnection() {
		assertKind(FailureKind.CONNECTION_LOST, (peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 200 OK\r\nContent-Ty").close();
		});
	}

	@Test
	void aBodyThatEndsTooEarlyIsALostConnection() {
		assertKind(FailureKind.CONNECTION_LOST, (peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf").close();
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aStreamThatBreaksDeliversWhatCameBefore(boolean reset) {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.startEvents().chunk("data: one\n\ndata: two\n\ndata: cut");
			// A reset may destroy what the client has not read yet, so it waits for the
			// client's word.
			peer.readRequest();
			if (reset) {
				peer.reset();
			}
			peer.close();
		})) {
			Flux<String> events = WireFixture.events(this.wire, server.uri());
			assertThat(events.take(2).collectList().block(WireFixture.LONG)).containsExactly("one", "two");
		}
		assertKind(FailureKind.CONNECTION_LOST, (peer) -> {
			peer.readRequest();
			peer.startEvents().chunk("data: one\n\n");
			if (reset) {
				peer.reset();
			}
			peer.close();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "1", "99", "1000", "99999" })
	void aStatusThatIsNoneIsAnInvalidResponse(String status) {
		assertKind(FailureKind.INVALID_RESPONSE, (peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 " + status + " Hm\r\nContent-Length: 2\r\n\r\nhi").awaitHangUp();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "this is not HTTP at all\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n" })
	void whatIsNotHttpIsAnInvalidResponse(String response) {
		assertKind(FailureKind.INVALID_RESPONSE, (peer) -> {
			peer.readRequest();
			peer.write(response).awaitHangUp();
		});
	}

	@Test
	void brokenCompressionIsAnInvalidResponse() {
		assertKind(FailureKind.INVALID_RESPONSE, (peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\nthis is not gzipped!")
				.awaitHangUp();
		});
	}

	@Test
	void anOversizedBodyIsAnInvalidResponseAndItsConnectionIsClosed() throws Exception {
		assertOversized("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(20_001));
	}

	@Test
	void anOversizedErrorBodyIsAnInvalidResponseAndItsConnectionIsClosed() throws Exception {
		assertOversized("HTTP/1.1 500 Oops\r\n\r\n" + "x".repeat(501));
	}

	@Test
	void anOversizedEventIsAnInvalidResponseAndItsConnectionIsClosed() throws Exception {
		assertOversized("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: " + "x".repeat(1001));
	}

	@Test
	void anOversizedStreamOfCommentsIsAnInvalidResponse() throws Exception {
		assertOversized("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + ": ping\n\n".repeat(2501));
	}

	@Test
	void anExhaustedPoolIsOurOwnFault() {
		TransportSettings oneConnection = new TransportSettings(1, Duration.ofMillis(100), Duration.ofSeconds(30));
		try (PooledWire<?> small = this.builder.get().transport(oneConnection).build();
				RawServer server = RawServer.start(RawServer.Peer::awaitHangUp)) {
			Flux<String> hanging = WireFixture.body(small, server.uri());
			var first = hanging.subscribe();
			Failure failure = WireFixture.failureOf(hanging);
			assertThat(failure.kind()).isEqualTo(FailureKind.LOCAL);
			assertThat(failure.replaySafety()).isEqualTo(ReplaySafety.NOT_PROCESSED);
			first.dispose();
		}
	}

	private void assertKind(FailureKind kind, Script script) {
		try (RawServer server = RawServer.start(script)) {
			assertThat(WireFixture.failureOf(read(server)).kind()).isEqualTo(kind);
		}
	}

	private void assertOversized(String response) throws Exception {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.write(response).awaitHangUp();
		})) {
			assertThat(WireFixture.failureOf(read(server)).kind()).isEqualTo(FailureKind.INVALID_RESPONSE);
			assertThat(server.peers().get(0).hungUpWithin(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	private Flux<Object> read(RawServer server) {
		return this.wire.exchange(WireFixture.post(server.uri()),
				(response) -> response.head().eventStream()
						? response.content(true, (event) -> false).cast(Object.class)
						: response.body().flux().cast(Object.class));
	}

}
