// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.Connection;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The way back to the client, for one response.
 */
final class Output {

	private static final AttributeKey<Output> LATEST = AttributeKey.valueOf(Output.class, "latest");

	private final Connection connection;

	private final HttpServerResponse response;

	private final Gate gate;

	private final Scheduler scheduler;

	/**
	 * Waits for the rest of the request, for time to pass, or for the client to leave.
	 */
	private volatile boolean waiting = true;

	private boolean hanging;

	private Output(Connection connection, HttpServerResponse response, Gate gate, Scheduler scheduler) {
		this.connection = connection;
		this.response = response;
		this.gate = gate;
		this.scheduler = scheduler;
	}

	static Output of(HttpServerResponse response, Gate gate, Scheduler scheduler) {
		AtomicReference<@Nullable Connection> connection = new AtomicReference<>();
		response.withConnection(connection::set);
		Output output = new Output(Objects.requireNonNull(connection.get()), response, gate, scheduler);
		output.channel().attr(LATEST).set(output);
		return output;
	}

	/**
	 * Tells whether a response is being sent, does not wait, and has a client that reads.
	 * To be called on the connection's event loop.
	 */
	static boolean isUnderWay(Channel channel) {
		Output output = channel.attr(LATEST).get();
		ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
		return ChannelOperations.get(channel) != null && output != null && !output.waiting && unsent != null
				&& unsent.totalPendingWriteBytes() == 0;
	}

	Channel channel() {
		return this.connection.channel();
	}

	/**
	 * Sends a reply; completes when the response should end as HTTP requires.
	 */
	Mono<Void> send(Performance performance) {
		this.waiting = false;
		Reply reply = performance.reply();
		channel().pipeline().get(ByteLimit.class).set(reply.byteLimit(), reply.reset());
		Reply.Head head = reply.head();
		Mono<Void> sending = after(performance.pace().beforeHeaders(reply.frames()));
		if (head != null) {
			List<Step> steps = performance.slicing().slice(performance.pace().schedule(reply.frames()));
			sending = sending.then(Mono.defer(() -> head(head, reply))).then(body(Flux.fromIterable(steps)));
		}
		return sending.then(Mono.defer(() -> reply.end().on(this, reply.reset())));
	}

	/**
	 * Writes steps, each with a flush of its own.
	 */
	Mono<Void> body(Flux<Step> steps) {
		Flux<ByteBuf> writes = steps.concatMap(
				(step) -> after(step.pause()).then(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(step.bytes()))), 1);
		return Mono.defer(() -> this.response.send(writes, (write) -> true).then());
	}

	/**
	 * Waits for the client to give up.
	 */
	Mono<Void> hang() {
		this.hanging = true;
		this.waiting = true;
		return Mono.never();
	}

	/**
	 * Sends steps that never complete the response, until the client leaves.
	 */
	Mono<Void> hang(Flux<Step> steps) {
		this.hanging = true;
		this.waiting = true;
		return body(steps);
	}

	Mono<Void> cut(boolean reset) {
		Disconnection.close(channel(), reset);
		return Mono.never();
	}

	Mono<Void> closeWhenComplete() {
		this.connection.onTerminate().doFinally((signal) -> Disconnection.closeUnused(channel())).subscribe();
		return Mono.empty();
	}

	/**
	 * Calls back when a response is complete except for its end in HTTP, or when it is
	 * clear that it never will be.
	 */
	void onCompletion(Consumer<Ending> listener) {
		if (channel().isActive()) {
			this.connection.onTerminate().doFinally((signal) -> listener.accept(ending(Ending.COMPLETED))).subscribe();
		}
		else {
			listener.accept(endingByClose());
		}
	}

	/**
	 * Tells which side closed the connection.
	 */
	Ending endingByClose() {
		return ending(Ending.CANCELLED_BY_CLIENT);
	}

	private Ending ending(Ending unlessCut) {
		return Disconnection.isOurs(channel()) ? Ending.CUT : unlessCut;
	}

	private Mono<Void> head(Reply.Head head, Reply reply) {
		this.response.status(head.status());
		head.headers().forEach(this.response::header);
		boolean complete = reply.end() == End.COMPLETE || reply.end() == End.CLOSE;
		if (reply.isWhole() && complete) {
			long length = reply.frames()
				.stream()
				.mapToLong((frame) -> frame.text().getBytes(StandardCharsets.UTF_8).length)
				.sum();
			this.response.header("Content-Length", Long.toString(length));
		}
		return this.response.sendHeaders().then();
	}

	private Mono<Void> after(Duration pause) {
		return pause.isZero() ? this.gate.pass() : pass(pause).then(this.gate.pass());
	}

	private Mono<Void> pass(Duration pause) {
		return Mono.delay(pause, this.scheduler)
			.doOnSubscribe((subscription) -> this.waiting = true)
			.doOnSuccess((tick) -> this.waiting = this.hanging)
			.then();
	}

}
