// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.StreamEncoder;
import io.github.fallbackai.heartbeat.Heartbeat;
import io.github.fallbackai.relay.RelayedEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * A streamed answer. The response begins when there is something to send. A failure
 * before that is an HTTP status. A later failure is an error within the stream, which
 * then has no end marker. Belongs to one answer.
 */
final class FaceStream {

	private final Flux<RelayedEvent> events;

	private final StreamEncoder encoder;

	private final Heartbeat heartbeat;

	private final Function<Throwable, GatewayError> errors;

	private final SwitchComments comments = new SwitchComments();

	private volatile boolean open;

	private volatile int attempts;

	private volatile @Nullable RelayedEvent first;

	/**
	 * Creates a stream.
	 * @param events what happens
	 * @param encoder writes it
	 * @param heartbeat sends comments while nothing happens
	 * @param errors words errors
	 */
	FaceStream(Flux<RelayedEvent> events, StreamEncoder encoder, Heartbeat heartbeat,
			Function<Throwable, GatewayError> errors) {
		this.events = events;
		this.encoder = encoder;
		this.heartbeat = heartbeat;
		this.errors = errors;
	}

	/**
	 * Writes the stream; fails if nothing was written.
	 * @param response where it goes
	 * @param headers adds further headers, given the endpoint that began the answer
	 */
	Mono<Void> write(ServerHttpResponse response, BiConsumer<HttpHeaders, @Nullable String> headers) {
		response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
		response.getHeaders().setCacheControl("no-cache");
		// Otherwise proxies like nginx collect the answer before they pass it on.
		response.getHeaders().set("X-Accel-Buffering", "no");
		ReactorNettyServer.endOldStreamsWithConnection(response);
		response.beforeCommit(() -> Mono.fromRunnable(() -> addHeaders(response, headers)));
		DataBufferFactory buffers = response.bufferFactory();
		Flux<DataBuffer> written = frames().map((frame) -> buffers.wrap(frame.getBytes(StandardCharsets.UTF_8)));
		return ReactorNettyServer.flushes(response) ? response.writeWith(written)
				: response.writeAndFlushWith(written.map(Mono::just));
	}

	private void addHeaders(ServerHttpResponse response, BiConsumer<HttpHeaders, @Nullable String> headers) {
		RelayedEvent first = this.first;
		if (first != null) {
			AnswerHeaders.add(response.getHeaders(), first.endpoint(), first.model(), this.attempts);
			headers.accept(response.getHeaders(), first.endpoint());
		}
	}

	Flux<String> frames() {
		// Reactor's handle would restore the threads' values of the context each time.
		Flux<String> answer = this.events.map(this::frame)
			.filter((frame) -> !frame.isEmpty())
			.onErrorResume((error) -> this.open ? Mono.fromSupplier(() -> this.encoder.fail(this.errors.apply(error)))
					: Mono.error(error));
		return this.heartbeat.fill(answer, () -> {
			this.open = true;
			return this.encoder.heartbeat();
		});
	}

	private String frame(RelayedEvent event) {
		String written = this.encoder.encode(event);
		note(event, written != null);
		String frame = this.comments.with(event, written);
		return (frame != null) ? frame : "";
	}

	private void note(RelayedEvent relayed, boolean written) {
		if (relayed.event() instanceof ChatEvent.AttemptStarted started) {
			this.attempts = Math.max(this.attempts, started.number());
		}
		else if (!this.open && !(relayed.event() instanceof ChatEvent.EndpointSwitched)
				&& (written || !(relayed.event() instanceof ChatEvent.ProviderNotice))) {
			this.first = relayed;
			this.open = true;
		}
	}

}
