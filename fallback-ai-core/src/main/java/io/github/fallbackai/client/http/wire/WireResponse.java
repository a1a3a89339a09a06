package io.github.fallbackai.client.http.wire;

import java.util.function.Predicate;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A response whose headers have arrived. Its body is read once, by one of the methods;
 * size limits apply to either.
 */
public interface WireResponse {

	/** Status and headers. */
	ResponseHead head();

	/**
	 * Reads the body as what its first bytes say it is, whatever the headers say: a
	 * document begins with a brace, a bracket or an angle bracket, a stream of
	 * server-sent events with one of their fields or a comment. An event that the end of
	 * the body cuts off is not read.
	 * @param events whether to take it for a stream of events if its first bytes do not
	 * say; a body without content is one only if the headers say so, too
	 * @param reader reads the events or the document
	 * @param <T> type of what the reader makes of them
	 * @return what the reader made of them, as it is asked for; what arrived before an
	 * error is emitted before it
	 */
	<T> Flux<T> content(boolean events, ContentReader<T> reader);

	/**
	 * Reads the body as {@link #content(boolean, ContentReader)} does.
	 * @param events whether to take it for a stream of events if its first bytes do not
	 * say
	 * @param last recognises the event after which nothing of interest follows; the
	 * stream completes with it at once, however long the server holds the connection
	 * @return the events or the document
	 */
	default Flux<WireContent> content(boolean events, Predicate<ServerEvent> last) {
		return content(events, new PlainContent(last));
	}

	/**
	 * Reads the whole body.
	 * @return the bytes, none if the body is empty
	 */
	Mono<byte[]> body();

	/**
	 * Reads the body of an error as far as it comes. The head of an error says enough to
	 * wait no longer than about a second for the rest, and to do without it if the
	 * connection breaks, or if it is too large or cannot be decompressed.
	 * @return the bytes that came, none if the body is empty
	 */
	Mono<byte[]> errorBody();

}
