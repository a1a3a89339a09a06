package io.github.fallbackai.client.http.wire;

import java.util.function.Predicate;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A response whose headers have arrived. Its body is read once, by one of the two
 * methods; size limits apply to either.
 */
public interface WireResponse {

	/** Status and headers. */
	ResponseHead head();

	/**
	 * Reads the body as server-sent events. An event that the end of the body cuts off is
	 * not emitted.
	 * @param last recognises the event after which nothing of interest follows; the
	 * stream completes with it at once, however long the server holds the connection
	 * @return the events; what arrived before an error is emitted before it
	 */
	Flux<ServerEvent> events(Predicate<ServerEvent> last);

	/**
	 * Reads the whole body.
	 * @return the bytes, none if the body is empty
	 */
	Mono<byte[]> body();

}
