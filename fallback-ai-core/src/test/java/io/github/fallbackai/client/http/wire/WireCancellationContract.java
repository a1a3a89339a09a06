// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.fallbackai.client.http.RawServer;
import io.github.fallbackai.client.http.netty.PooledWire;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A caller may leave at any moment, and takes connection and buffers along.
 */
public abstract class WireCancellationContract {

	private final Supplier<? extends PooledWire.Builder<?>> builder;

	private static final RawServer.Script ENDLESS = (peer) -> {
		peer.readRequest();
		peer.startEvents().chunk("data: a\n\n").awaitHangUp();
	};

	protected WireCancellationContract(Supplier<? extends PooledWire.Builder<?>> builder) {
		this.builder = builder;
	}

	@Test
	void closesTheConnectionWhenTheCallerLeavesBetweenHeadAndBody() throws Exception {
		Disposable.Swap call = Disposables.swap();
		try (PooledWire<?> wire = this.builder.get().build(); RawServer server = RawServer.start(ENDLESS)) {
			Flux<WireContent> answer = wire.exchange(WireFixture.post(server.uri()), (response) -> {
				call.dispose();
				return response.content(true, (event) -> false);
			});
			call.update(answer.subscribe());
			Awaitility.await().atMost(WireFixture.LONG).until(() -> !server.peers().isEmpty());
			assertThat(server.peers().get(0).hungUpWithin(20, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void closesTheConnectionWhenTheCallerLeavesWithTheHead() throws Exception {
		Disposable.Swap call = Disposables.swap();
		try (PooledWire<?> wire = this.builder.get()
			.httpClient((client) -> client.doOnResponse((response, connection) -> call.dispose()))
			.build(); RawServer server = RawServer.start(ENDLESS)) {
			call.update(WireFixture.events(wire, server.uri()).subscribe());
			Awaitility.await().atMost(WireFixture.LONG).until(() -> !server.peers().isEmpty());
			assertThat(server.peers().get(0).hungUpWithin(20, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void closesTheConnectionWheneverTheCallerLeaves() throws Exception {
		try (PooledWire<?> wire = this.builder.get().build(); RawServer server = RawServer.start(ENDLESS)) {
			for (int i = 0; i < 1_500; i++) {
				int calls = i;
				Disposable call = WireFixture.events(wire, server.uri()).subscribe();
				Awaitility.await()
					.pollDelay(0, TimeUnit.MILLISECONDS)
					.pollInterval(1, TimeUnit.MILLISECONDS)
					.atMost(WireFixture.LONG)
					.until(() -> server.peers().size() > calls && !server.peers().get(calls).requests().isEmpty());
				LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(300_000));
				call.dispose();
			}
			for (RawServer.Peer peer : server.peers()) {
				assertThat(peer.hungUpWithin(20, TimeUnit.SECONDS)).isTrue();
			}
		}
	}

	@Test
	void releasesAWholeAnswerWhenTheCallerLeavesBeforeReadingIt() {
		UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
		CountDownLatch arrived = new CountDownLatch(1);
		CountDownLatch left = new CountDownLatch(1);
		Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();
		Disposable.Swap call = Disposables.swap();
		try (PooledWire<?> wire = this.builder.get()
			.httpClient((client) -> client.option(ChannelOption.ALLOCATOR, allocator)
				.doAfterResponseSuccess((response, connection) -> arrived.countDown()))
			.build(); RawServer server = RawServer.start((peer) -> {
				peer.readRequest();
				peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9\r\n\r\ndata: a\n\n")
					.awaitHangUp();
			})) {
			Consumer<Throwable> drop = dropped::add;
			Flux<WireContent> answer = wire.exchange(WireFixture.post(server.uri()), (response) -> Flux.defer(() -> {
				leave(call, arrived, left);
				return response.content(true, (event) -> false);
			}).subscribeOn(Schedulers.boundedElastic()));
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

	@Test
	void releasesWhatArrivedWheneverTheCallerLeaves() {
		UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
		try (PooledWire<?> wire = this.builder.get()
			.httpClient((client) -> client.option(ChannelOption.ALLOCATOR, allocator))
			.build(); RawServer server = RawServer.start((peer) -> {
				while (true) {
					peer.readRequest();
					peer.respond("200 OK", "text/event-stream", "data: a\n\n");
				}
			})) {
			for (int i = 0; i < 3_000; i++) {
				Disposable call = WireFixture.events(wire, server.uri()).subscribe();
				LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(600_000));
				call.dispose();
			}
		}
		assertAllReleased(allocator);
	}

	private static void assertAllReleased(UnpooledByteBufAllocator allocator) {
		Awaitility.await().atMost(WireFixture.LONG).untilAsserted(() -> {
			assertThat(allocator.metric().usedHeapMemory()).isZero();
			assertThat(allocator.metric().usedDirectMemory()).isZero();
		});
	}

}
