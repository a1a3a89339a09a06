// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

import io.github.fallbackai.client.http.RawServer;
import io.github.fallbackai.client.http.netty.PooledWire;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a response without end is cut where its limit is: the server would go on for
 * ever, and gets no further than the limit and what the network holds on the way.
 */
public abstract class EndlessResponseContract {

	private final Supplier<? extends PooledWire.Builder<?>> builder;

	private static final int KILO = 1 << 10;

	private static final int MEGA = 1 << 20;

	/** What socket buffers on both sides may hold, generously. */
	private static final long ON_THE_WAY = 24L * MEGA;

	private static final String STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

	private final PooledWire<?> wire;

	protected EndlessResponseContract(Supplier<? extends PooledWire.Builder<?>> builder) {
		this.builder = builder;
		this.wire = builder.get().limits(new ResponseLimits(2 * MEGA, 64 * KILO, 64 * KILO)).build();
	}

	@AfterEach
	void closeWire() {
		this.wire.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false,
			value = { "200 OK|text/event-stream|x", "200 OK|text/event-stream|: x", "200 OK|text/event-stream|data: x~",
					"200 OK|text/event-stream|data: x~~", "200 OK|text/event-stream|: keep-alive~~",
					"200 OK|text/event-stream|event: x~", "200 OK|application/json|' '", "200 OK|application/json|[",
					"500 Oops|text/html|x", "429 No|application/json|x" })
	void isCutAtItsLimit(String status, String type, String repeated) throws Exception {
		AtomicLong written = new AtomicLong();
		String start = "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\n\r\n";
		byte[] piece = repeated.replace('~', '\n').repeat(16 * KILO).getBytes(StandardCharsets.UTF_8);
		assertCut(start, piece, written);
	}

	@ParameterizedTest
	@CsvSource({ "HTTP/1.1 200 OK, X-Header: ", "HTTP/1.1 200 , x", "x, x" })
	void headersWithoutEndAreCut(String start, String repeated) throws Exception {
		assertCut(start + "\r\n" + repeated, "x".repeat(16 * KILO).getBytes(StandardCharsets.UTF_8), new AtomicLong());
		assertCut(start + "\r\n", "X-Header: value\r\n".repeat(KILO).getBytes(StandardCharsets.UTF_8),
				new AtomicLong());
	}

	@Test
	void whatCountsIsTheSizeAfterDecompression() throws Exception {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		try (GZIPOutputStream packer = new GZIPOutputStream(packed)) {
			for (int i = 0; i < 64; i++) {
				packer.write(new byte[MEGA]);
			}
		}
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n\r\n")
				.write(packed.toByteArray())
				.awaitHangUp();
		})) {
			assertThat(packed.size()).isLessThan(128 * KILO);
			assertInvalid(server);
			assertThat(server.peers().get(0).hungUpWithin(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void whatCameBeforeTheLimitIsDelivered() {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.write(STREAM + "data: one\n\n" + "data: " + "x".repeat(100 * KILO)).awaitHangUp();
		})) {
			Flux<String> events = this.wire.exchange(WireFixture.post(server.uri()),
					(response) -> response.content(true, (event) -> false)
						.cast(ServerEvent.class)
						.map(ServerEvent::data));
			assertThat(events.onErrorResume((error) -> Flux.just("failed")).collectList().block(WireFixture.LONG))
				.containsExactly("one", "failed");
		}
	}

	private void assertCut(String start, byte[] piece, AtomicLong written) throws Exception {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.write(start);
			try {
				while (true) {
					peer.write(piece);
					written.addAndGet(piece.length);
				}
			}
			catch (IOException ex) {
				peer.awaitHangUp();
			}
		})) {
			assertInvalid(server);
			assertThat(server.peers().get(0).hungUpWithin(30, TimeUnit.SECONDS)).isTrue();
			assertThat(written.get()).isLessThan(ON_THE_WAY);
		}
	}

	private void assertInvalid(RawServer server) {
		Failure failure = WireFixture.failureOf(this.wire.exchange(WireFixture.post(server.uri()),
				(response) -> response.head().eventStream() ? response.content(true, (event) -> false)
					.cast(ServerEvent.class)
					.map(ServerEvent::data)
					.filter((data) -> data.equals("end")) : response.body().map(String::new).flux()));
		assertThat(failure.kind()).isEqualTo(FailureKind.INVALID_RESPONSE);
	}

}
