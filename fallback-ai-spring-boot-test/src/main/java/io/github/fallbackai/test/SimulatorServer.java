// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;
import reactor.netty.DisposableServer;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * The server from its start to its close. Its port may refuse connections in between.
 */
final class SimulatorServer {

	private static final String HOST = "127.0.0.1";

	private static final int THREADS = 2;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration LAST_MOMENTS = Duration.ofSeconds(30);

	private final LoopResources loops = LoopResources.create("provider-simulator", THREADS, true);

	private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private final HttpServer server;

	private final InetSocketAddress address;

	private DisposableServer listener;

	private @Nullable HeldPort refused;

	SimulatorServer(int port, RequestHandler handler) {
		this.server = HttpServer.create()
			.host(HOST)
			.runOn(this.loops, false)
			.option(ChannelOption.SO_REUSEADDR, true)
			.option(ChannelOption.SO_BACKLOG, 1024)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.compress(true)
			.doOnChannelInit((observer, channel, address) -> {
				this.connections.add(channel);
				channel.pipeline().addFirst(new ByteLimit());
			})
			.handle(handler);
		this.listener = bind(port);
		this.address = (InetSocketAddress) this.listener.address();
	}

	int port() {
		return this.address.getPort();
	}

	int connections() {
		// The group learns of an end only later.
		return (int) this.connections.stream().filter(Channel::isActive).count();
	}

	void dropConnections() {
		catchUp();
		drop((channel) -> true);
	}

	/**
	 * Waits until each response has ended or hangs, and drops the connections of those
	 * that hang. Idle connections stay open, because for a client that keeps them in a
	 * pool, their end would look like a failure of its next request.
	 */
	void dropRestingConnections() {
		long start = System.nanoTime();
		do {
			catchUp();
		}
		while (isAnyUnderWay() && System.nanoTime() - start < LAST_MOMENTS.toNanos());
		drop((channel) -> ChannelOperations.get(channel) != null);
	}

	/**
	 * Closes the port and all connections; from now on connections are refused.
	 */
	void refuse() {
		if (this.refused == null) {
			this.listener.disposeNow(PATIENCE);
			this.refused = HeldPort.hold(this.address, PATIENCE);
		}
		dropConnections();
	}

	/**
	 * Opens the port again.
	 */
	void accept() {
		if (release()) {
			this.listener = this.server.port(port()).bindNow(PATIENCE);
		}
	}

	void close() {
		this.listener.disposeNow(PATIENCE);
		release();
		dropConnections();
		disposeLoops();
	}

	private boolean release() {
		HeldPort held = this.refused;
		this.refused = null;
		if (held != null) {
			held.release();
		}
		return held != null;
	}

	private DisposableServer bind(int port) {
		try {
			return this.server.port(port).bindNow(PATIENCE);
		}
		catch (RuntimeException ex) {
			disposeLoops();
			throw ex;
		}
	}

	private void drop(Predicate<Channel> which) {
		List<Channel> dropped = this.connections.stream().filter(which).toList();
		dropped.forEach((channel) -> Disconnection.close(channel, false));
		dropped.forEach((channel) -> channel.closeFuture().awaitUninterruptibly(PATIENCE.toMillis()));
	}

	private boolean isAnyUnderWay() {
		return this.connections.stream()
			.map((channel) -> CompletableFuture.supplyAsync(() -> Output.isUnderWay(channel), channel.eventLoop()))
			.toList()
			.stream()
			.anyMatch(CompletableFuture::join);
	}

	/**
	 * Waits until the event loops have done what came before: connections that clients
	 * have opened are known, and requests that they have sent are recorded. Twice,
	 * because the loop that accepts a connection hands it to another loop.
	 */
	private void catchUp() {
		for (int i = 0; i < 2; i++) {
			CompletableFuture<?>[] passes = StreamSupport.stream(this.loops.onServer(false).spliterator(), false)
				.map(SimulatorServer::pass)
				.toArray(CompletableFuture<?>[]::new);
			CompletableFuture.allOf(passes).completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
		}
	}

	/**
	 * Completes when a loop has looked at its connections once more: what it schedules
	 * itself is due only after that.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // the pass says when it is done
	private static CompletableFuture<Void> pass(EventExecutor loop) {
		CompletableFuture<Void> pass = new CompletableFuture<>();
		loop.execute(() -> loop.schedule(() -> pass.complete(null), 1, TimeUnit.MILLISECONDS));
		return pass;
	}

	private void disposeLoops() {
		this.loops.disposeLater(Duration.ZERO, PATIENCE).block(PATIENCE);
	}

}
