// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sse;

import java.time.Duration;

import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.heartbeat.Heartbeat;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;

/**
 * Turns the events of a call into what a browser reads.
 *
 * <p>
 * Controllers of WebFlux and of Spring MVC return Spring's {@link ServerSentEvent}. The
 * events are in {@code io.github.fallbackai.chat}, which does not know Spring, so this
 * class has a package of its own. The data is JSON in one line. It is written here, so
 * that it does not depend on the application's JSON settings. Spaces and line ends of the
 * text arrive as they are.
 *
 * <p>
 * A page reads the events with {@code fetch} or with {@code EventSource}. An
 * {@code EventSource} asks again when a stream has ended, and the same question would go
 * to a provider once more: the page has to close it at {@code done} and {@code failed}.
 * In case a page does not, the first event tells the browser to wait for a day, and has
 * an id by which {@link #once} recognises the second request.
 */
public final class ChatEvents {

	/** A browser waits for a few seconds unless told otherwise. */
	private static final Duration RETRY = Duration.ofDays(1);

	private static final String ID = "asked";

	/** A servlet container notices that a client has left only when it writes. */
	private static final Duration QUIET = Duration.ofSeconds(2);

	private static final EventEncoder ENCODER = new EventEncoder();

	private ChatEvents() {
	}

	/**
	 * Writes the events of
	 * {@link io.github.fallbackai.AiFallbackOperations#stream(io.github.fallbackai.chat.ChatRequest)}
	 * as server-sent events with these names and data:
	 *
	 * <ul>
	 * <li>{@code delta}: {@code text}, to be appended</li>
	 * <li>{@code reasoning}: {@code text}</li>
	 * <li>{@code tool-call}: {@code id}, {@code name} and {@code arguments}, which are a
	 * string of JSON as the model wrote it</li>
	 * <li>{@code tool-started}: {@code round}, {@code id} and {@code name};
	 * {@code tool-ended}: these, {@code outcome} and {@code durationMs};
	 * {@code round-ended}: {@code round}, and what comes then begins anew. Only if the
	 * library runs the tools</li>
	 * <li>{@code annotation}: {@code type}, {@code url} and {@code title}</li>
	 * <li>{@code switch}: {@code from}, {@code to}, {@code model}, {@code reason}, and
	 * {@code discardPrevious}, which says that the text so far is void</li>
	 * <li>{@code done}: {@code endpoint}, {@code model}, {@code degraded},
	 * {@code finishReason}, {@code usage} and {@code cost} of all attempts, each of which
	 * is {@code null} if unknown, and {@code attempts}</li>
	 * <li>{@code failed}: {@code message} for people, {@code kind} for programs,
	 * {@code attempts} and {@code skips}</li>
	 * </ul>
	 *
	 * <p>
	 * When nothing happens for some seconds, a comment follows, which clients of
	 * server-sent events ignore. It keeps the connection alive, and lets a servlet
	 * container notice that the client has left.
	 *
	 * <p>
	 * There may be more events and more data in a later version. Times are in
	 * milliseconds. The start of an attempt has no event, because {@code attempts} lists
	 * them all. No event contains a prompt, a key, or the words of a provider about a
	 * failure.
	 *
	 * <p>
	 * The returned stream does not fail. When a call fails, the status of the response
	 * has usually been sent. So every error becomes the last event, {@code failed}. An
	 * error that is no {@link io.github.fallbackai.failure.AiFallbackException} is logged
	 * and has the kind {@code INTERNAL_ERROR}. A controller that wants a status instead
	 * handles the error before. Cancelling the returned stream cancels the call.
	 * @param events the events of a call
	 * @return the server-sent events; the last one is {@code done} or {@code failed}
	 */
	public static Flux<ServerSentEvent<String>> toSse(Flux<ChatEvent> events) {
		return complete(
				events.<ServerSentEvent<String>>handle((event, sink) -> event.accept(ENCODER).ifPresent(sink::next)));
	}

	/**
	 * Writes the text of
	 * {@link io.github.fallbackai.AiFallbackOperations#streamText(io.github.fallbackai.chat.ChatRequest)}
	 * as {@linkplain #toSse server-sent events}: {@code delta} for each piece, and at the
	 * end {@code done} without data of its own, or {@code failed}. A stream of plain
	 * strings as server-sent events would lose spaces and line ends in a browser.
	 * @param text the text of a call, piece by piece
	 * @return the server-sent events; the last one is {@code done} or {@code failed}
	 */
	public static Flux<ServerSentEvent<String>> textToSse(Flux<String> text) {
		return complete(text.map((piece) -> EventJson.text("delta", piece))
			.concatWith(Mono.fromSupplier(() -> EventJson.event("done", EventJson.object()))));
	}

	/**
	 * Answers with the events, but only once: an {@code EventSource} that asks again,
	 * because it was not closed or because its connection broke, gets the status 204,
	 * which tells it to stop. It is recognised by the header {@code Last-Event-ID}.
	 * @param lastEventId value of the request's header {@code Last-Event-ID},
	 * {@code null} without one
	 * @param events events made by {@link #toSse} or {@link #textToSse}
	 * @return what a controller returns; the call is not made if this is status 204
	 */
	public static ResponseEntity<Flux<ServerSentEvent<String>>> once(@Nullable String lastEventId,
			Flux<ServerSentEvent<String>> events) {
		return (lastEventId == null || lastEventId.isEmpty()) ? ResponseEntity.ok(events)
				: ResponseEntity.noContent().build();
	}

	private static Flux<ServerSentEvent<String>> complete(Flux<ServerSentEvent<String>> events) {
		Flux<ServerSentEvent<String>> told = events.onErrorResume((error) -> Mono.just(FailedEvent.of(error)))
			.index((index, event) -> (index == 0) ? first(event) : event);
		// The timers are looked up for each stream, because tests replace them.
		return Flux.defer(() -> new Heartbeat(QUIET, Schedulers.parallel()).fill(told,
				() -> ServerSentEvent.<String>builder().comment("").build()));
	}

	private static ServerSentEvent<String> first(ServerSentEvent<String> event) {
		return ServerSentEvent.<String>builder()
			.id(ID)
			.retry(RETRY)
			.event(String.valueOf(event.event()))
			.data(String.valueOf(event.data()))
			.build();
	}

}
