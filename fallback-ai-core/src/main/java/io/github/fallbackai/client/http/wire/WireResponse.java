// SPDX-License-Identifier: Apache-2.0
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
	 * Reads the body as a document or as a stream of events. Its first bytes decide,
	 * whatever the headers say: a document begins with a brace, a bracket or an angle
	 * bracket, and a stream of server-sent events with one of their fields or a comment.
	 * An event that the end of the body cuts off is not read.
	 * @param events whether to read it as a stream of events if its first bytes do not
	 * decide; a body without content is a stream only if the headers say so too
	 * @param reader reads the events or the document
	 * @param <T> type of the values that the reader makes
	 * @return the values, on demand; values that arrived before an error are emitted
	 * before it
	 */
	<T> Flux<T> content(boolean events, ContentReader<T> reader);

	/**
	 * Reads the body like {@link #content(boolean, ContentReader)}.
	 * @param events whether to read it as a stream of events if its first bytes do not
	 * decide
	 * @param last recognises the event after which nothing of interest follows; the
	 * stream completes with it at once, even if the server keeps the connection open
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
	 * Reads the part of an error's body that comes. The head of an error says enough, so
	 * the rest is waited for only about a second. The body is also left out if the
	 * connection breaks, if it is too large or if it cannot be decompressed.
	 * @return the bytes that came, none if the body is empty
	 */
	Mono<byte[]> errorBody();

}
