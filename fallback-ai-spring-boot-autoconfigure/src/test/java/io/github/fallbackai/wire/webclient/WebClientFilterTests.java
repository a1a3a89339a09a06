// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.wire.webclient;

import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.fallbackai.client.http.RawServer;
import io.github.fallbackai.client.http.wire.WireFixture;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what {@link WebClientWire} takes over from the application's WebClient, and of
 * filters that leave.
 */
class WebClientFilterTests {

	private static final RawServer.Script ENDLESS = (peer) -> {
		peer.readRequest();
		peer.startEvents().chunk("data: a\n\n").awaitHangUp();
	};

	@Test
	void appliesTheFiltersOfTheApplicationsBuilder() {
		WebClient.Builder builder = WebClient.builder()
			.filter((request, next) -> next.exchange(ClientRequest.from(request).header("X-Tenant", "blue").build()));
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.respond("200 OK", "application/json", "{}");
		}); WebClientWire filtered = WebClientWire.builder().webClient(builder).build()) {
			WireFixture.body(filtered, server.uri()).blockLast(WireFixture.LONG);
			assertThat(server.peers().get(0).requests().get(0)).contains("X-Tenant: blue");
		}
	}

	@Test
	void anErrorOfTheApplicationsFilterIsOurOwnFault() {
		WebClient.Builder builder = WebClient.builder().filter((request, next) -> {
			throw new IllegalStateException("filter");
		});
		try (WebClientWire filtered = WebClientWire.builder().webClient(builder).build()) {
			Failure failure = WireFixture.failureOf(WireFixture.body(filtered, URI.create("http://127.0.0.1:9/v1")));
			assertThat(failure.kind()).isEqualTo(FailureKind.LOCAL);
		}
	}

	@Test
	void requestsAreObservedWithTheApplicationsRegistry() {
		List<String> observed = new CopyOnWriteArrayList<>();
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<>() {

			@Override
			public void onStop(Observation.Context context) {
				observed.add(context.getName());
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.respond("200 OK", "text/plain", "ok");
		});
				WebClientWire wire = WebClientWire.builder()
					.webClient(WebClient.builder().observationRegistry(registry))
					.build()) {
			WireFixture.body(wire, server.uri()).blockLast(WireFixture.LONG);
			assertThat(observed).containsExactly("http.client.requests");
		}
	}

	@Test
	void closesTheConnectionWhenTheCallerLeavesBetweenHeadAndBody() throws Exception {
		Disposable.Swap call = Disposables.swap();
		WebClient.Builder leaving = WebClient.builder()
			.filter((request, next) -> next.exchange(request).doOnNext((response) -> call.dispose()));
		try (WebClientWire wire = WebClientWire.builder().webClient(leaving).build();
				RawServer server = RawServer.start(ENDLESS)) {
			call.update(WireFixture.events(wire, server.uri()).subscribe());
			Awaitility.await().atMost(WireFixture.LONG).until(() -> !server.peers().isEmpty());
			assertThat(server.peers().get(0).hungUpWithin(20, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void releasesAWholeAnswerWhenTheCallerLeavesBeforeReadingIt() {
		UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
		CountDownLatch arrived = new CountDownLatch(1);
		CountDownLatch left = new CountDownLatch(1);
		Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();
		Disposable.Swap call = Disposables.swap();
		WebClient.Builder leaving = WebClient.builder()
			.filter((request, next) -> next.exchange(request)
				.publishOn(Schedulers.boundedElastic())
				.doOnNext((response) -> leave(call, arrived, left)));
		try (WebClientWire wire = WebClientWire.builder()
			.webClient(leaving)
			.httpClient((client) -> client.option(ChannelOption.ALLOCATOR, allocator)
				.doAfterResponseSuccess((response, connection) -> arrived.countDown()))
			.build(); RawServer server = RawServer.start((peer) -> {
				peer.readRequest();
				peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9\r\n\r\ndata: a\n\n")
					.awaitHangUp();
			})) {
			Consumer<Throwable> drop = dropped::add;
			Flux<String> answer = WireFixture.events(wire, server.uri());
			call.update(answer.subscribe(null, null, null, Context.of("reactor.onErrorDropped.local", drop)));
			Awaitility.await().atMost(WireFixture.LONG).until(() -> left.getCount() == 0);
			assertAllReleased(allocator);
			assertThat(dropped).isEmpty();
		}
	}

	private static void leave(Disposable call, CountDownLatch arrived, CountDownLatch left) {
		Awaitility.await().atMost(WireFixture.LONG).until(() -> arrived.getCount() == 0);
		call.dispose();
		left.countDown();
	}

	private static void assertAllReleased(UnpooledByteBufAllocator allocator) {
		Awaitility.await().atMost(WireFixture.LONG).untilAsserted(() -> {
			assertThat(allocator.metric().usedHeapMemory()).isZero();
			assertThat(allocator.metric().usedDirectMemory()).isZero();
		});
	}

}
