// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.RawServer;
import io.github.fallbackai.client.http.netty.NettyWire;
import io.github.fallbackai.client.http.wire.ExchangeListener;
import io.github.fallbackai.client.http.wire.ExchangeObserver;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.WireFixture;
import io.github.fallbackai.failure.FailureKind;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what {@link NettyWire} tells about its exchanges, and of how
 * {@link ObservingExchangeListener} observes them.
 */
class ObservedExchangesTests {

	private final List<Observation.Context> started = new CopyOnWriteArrayList<>();

	private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

	private final ObservationRegistry registry = ObservationRegistry.create();

	@ParameterizedTest
	@CsvSource({ "200 OK, 200, SUCCESS", "307 Away, 307, REDIRECTION", "429 Slow, 429, CLIENT_ERROR",
			"500 Oops, 500, SERVER_ERROR", "700 Strange, 700, UNKNOWN" })
	void anExchangeEndsWithTheHeadOfItsAnswer(String line, String status, String outcome) {
		try (RawServer server = answering(line); NettyWire wire = observed()) {
			Observation attempt = Observation.start("attempt", this.registry);
			WireFixture.body(wire, server.uri().resolve("/v1?key=secret"))
				.contextWrite((context) -> context.put("micrometer.observation", attempt))
				.blockLast(WireFixture.LONG);
			assertThat(this.stopped).singleElement().satisfies((context) -> {
				assertThat(context.getName()).isEqualTo("http.client.requests");
				assertThat(context.getContextualName()).isEqualTo("http post");
				assertThat(context.getLowCardinalityKeyValues()).containsExactlyInAnyOrder(
						KeyValue.of("client.name", "127.0.0.1"), KeyValue.of("exception", "none"),
						KeyValue.of("method", "POST"), KeyValue.of("outcome", outcome), KeyValue.of("status", status),
						KeyValue.of("uri", "none"));
				assertThat(context.getHighCardinalityKeyValues())
					.containsExactly(KeyValue.of("http.url", server.uri().toString()));
				assertThat(context.getParentObservation()).isSameAs(attempt);
				assertThat(context.getError()).isNull();
			});
		}
	}

	@Test
	void anExchangeWithoutAConnectionFails() {
		try (NettyWire wire = observed()) {
			WireFixture.failureOf(WireFixture.body(wire, URI.create("http://127.0.0.1:1/v1")));
		}
		assertThat(this.stopped).singleElement().satisfies((context) -> {
			assertThat(context.getError()).hasMessage("CONNECT_FAILED").hasNoCause();
			assertThat(context.getLowCardinalityKeyValues()).contains(KeyValue.of("outcome", "UNKNOWN"),
					KeyValue.of("status", "CLIENT_ERROR"));
			assertThat(context.getLowCardinalityKeyValue("exception").getValue()).contains("ConnectException");
		});
	}

	@Test
	void anExchangeThatTheCallerLeavesIsNeitherAnsweredNorFailed() {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.awaitHangUp();
		}); NettyWire wire = observed()) {
			Disposable call = WireFixture.body(wire, server.uri()).subscribe();
			Awaitility.await().until(() -> this.started.size() == 1);
			call.dispose();
			assertThat(this.stopped).singleElement().satisfies((context) -> {
				assertThat(context.getError()).isNull();
				assertThat(context.getLowCardinalityKeyValue("status").getValue()).isEqualTo("CLIENT_ERROR");
			});
		}
	}

	@Test
	void everyTryIsAnExchange() {
		// On a busy machine the first connection may come back too late to be used again.
		Awaitility.await().atMost(WireFixture.LONG).untilAsserted(() -> {
			this.stopped.clear();
			askTwiceOverAConnectionThatWorksOnce();
			assertThat(this.stopped).extracting((context) -> context.getLowCardinalityKeyValue("status").getValue())
				.containsExactly("200", "CLIENT_ERROR", "200");
		});
	}

	private void askTwiceOverAConnectionThatWorksOnce() {
		AtomicInteger connections = new AtomicInteger();
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.respond("200 OK", "text/plain", "ok");
			if (connections.incrementAndGet() == 1) {
				// The next request finds that this connection is of no use.
				peer.readRequest();
				peer.close();
			}
		}); NettyWire wire = observed()) {
			WireFixture.body(wire, server.uri()).blockLast(WireFixture.LONG);
			WireFixture.body(wire, server.uri()).blockLast(WireFixture.LONG);
		}
	}

	@Test
	void sendsTheHeadersOfAHandler() {
		try (RawServer server = answering("200 OK"); NettyWire wire = observed()) {
			WireFixture.body(wire, server.uri()).blockLast(WireFixture.LONG);
			assertThat(server.peers().get(0).requests().get(0)).containsIgnoringCase("traceparent: 00-abc")
				.containsIgnoringCase("authorization: bearer sk-secret");
		}
	}

	@Test
	void nothingIsObservedWithoutAHandler() {
		ExchangeListener listener = new ObservingExchangeListener(ObservationRegistry.create(), null,
				new DefaultExchangeObservationConvention());
		assertThat(listener.started(WireFixture.post(URI.create("http://127.0.0.1:1/v1")), Context.empty())).isNull();
	}

	@Test
	void aListenerThatFailsDoesNotAffectTheExchange() {
		ExchangeListener failing = (request, context) -> {
			throw new AssertionError("started");
		};
		ExchangeListener failingLater = (request, context) -> new FailingObserver();
		for (ExchangeListener listener : List.of(failing, failingLater)) {
			try (RawServer server = answering("200 OK");
					NettyWire wire = NettyWire.builder().listener(listener).build()) {
				assertThat(WireFixture.body(wire, server.uri()).blockLast(WireFixture.LONG)).isEqualTo("ok");
				assertThat(WireFixture.failureOf(WireFixture.body(wire, URI.create("http://127.0.0.1:1/v1"))).kind())
					.isEqualTo(FailureKind.CONNECT_FAILED);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "start", "error", "convention" })
	void nothingStaysOpenIfAPartFails(String part) {
		AtomicInteger open = new AtomicInteger();
		this.registry.observationConfig()
			.observationHandler(new FailingHandler(open, null))
			.observationHandler(new FailingHandler(new AtomicInteger(), part));
		ExchangeListener listener = new ObservingExchangeListener(this.registry,
				part.equals("convention") ? new FailingConvention() : null, new DefaultExchangeObservationConvention());
		try (RawServer server = answering("200 OK"); NettyWire wire = NettyWire.builder().listener(listener).build()) {
			assertThat(WireFixture.body(wire, server.uri()).blockLast(WireFixture.LONG)).isEqualTo("ok");
			WireFixture.failureOf(WireFixture.body(wire, URI.create("http://127.0.0.1:1/v1")));
		}
		assertThat(open).hasValue(0);
	}

	private static RawServer answering(String line) {
		return RawServer.start((peer) -> {
			peer.readRequest();
			peer.respond(line, "text/plain", "ok");
		});
	}

	@BeforeEach
	void observe() {
		this.registry.observationConfig().observationHandler(new Recorder());
	}

	private NettyWire observed() {
		return NettyWire.builder()
			.listener(new ObservingExchangeListener(this.registry, null, new DefaultExchangeObservationConvention()))
			.build();
	}

	/** Notes exchanges, and adds a header to each as a tracer does. */
	private final class Recorder implements ObservationHandler<SenderContext<Object>> {

		@Override
		public void onStart(SenderContext<Object> context) {
			ObservedExchangesTests.this.started.add(context);
			context.getSetter().set(context.getCarrier(), "traceparent", "00-abc");
		}

		@Override
		public void onStop(SenderContext<Object> context) {
			ObservedExchangesTests.this.stopped.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof SenderContext;
		}

	}

	/** Works for the beginning of an exchange and not for its end. */
	private static final class FailingConvention extends DefaultExchangeObservationConvention {

		private boolean begun;

		@Override
		public KeyValues getLowCardinalityKeyValues(ExchangeObservationContext context) {
			if (this.begun) {
				throw new IllegalStateException("broken convention");
			}
			this.begun = true;
			return super.getLowCardinalityKeyValues(context);
		}

	}

	private static final class FailingObserver implements ExchangeObserver {

		@Override
		public Map<String, String> headers() {
			throw new IllegalStateException("headers");
		}

		@Override
		public void answered(ResponseHead head) {
			throw new NoClassDefFoundError("answered");
		}

		@Override
		public void failed(EndpointException error) {
			throw new IllegalStateException("failed");
		}

		@Override
		public void cancelled() {
			throw new IllegalStateException("cancelled");
		}

	}

}
