package io.github.fallbackai.sse;

import io.github.fallbackai.chat.ChatEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.codec.ServerSentEvent;

/**
 * Turns the events of a call into what a browser reads.
 *
 * <p>
 * Controllers of WebFlux and of Spring MVC return Spring's {@link ServerSentEvent}. The
 * events are in {@code io.github.fallbackai.chat}, which does not know Spring, so this
 * class has a package of its own. The data is JSON in one line. It is written here, so
 * that it does not depend on the application's JSON settings.
 */
public final class ChatEvents {

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
	 * <li>{@code switch}: {@code from}, {@code to}, {@code model}, {@code reason}, and
	 * {@code discardPrevious}, which says that the text so far is void</li>
	 * <li>{@code done}: {@code endpoint}, {@code model}, {@code degraded},
	 * {@code finishReason} and {@code attempts}</li>
	 * <li>{@code error}: {@code message} for people, {@code kind} for programs,
	 * {@code attempts} and {@code skips}</li>
	 * </ul>
	 *
	 * <p>
	 * Times are in milliseconds. The start of an attempt has no event, because
	 * {@code attempts} lists them all. No event contains a prompt, a key, or the words of
	 * a provider about a failure.
	 *
	 * <p>
	 * The returned stream does not fail. When a call fails, the status of the response
	 * has usually been sent. So every error becomes the last event, {@code error}. An
	 * error that is no {@link io.github.fallbackai.failure.AiFallbackException} is logged
	 * and has the kind {@code INTERNAL_ERROR}. A controller that wants a status instead
	 * handles the error before. Cancelling the returned stream cancels the call.
	 * @param events the events of a call
	 * @return the server-sent events; the last one is {@code done} or {@code error}
	 */
	public static Flux<ServerSentEvent<String>> toSse(Flux<ChatEvent> events) {
		return events.<ServerSentEvent<String>>handle((event, sink) -> event.accept(ENCODER).ifPresent(sink::next))
			.onErrorResume((error) -> Mono.just(ErrorEvent.of(error)));
	}

}
