// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import reactor.core.publisher.Flux;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;

/**
 * The operations over HTTP, and the events as they happen, for clients that accept
 * server-sent events. An endpoint may have one extension, so this one has both. Only
 * WebFlux writes a publisher in the body of a response, so only reactive applications
 * have it.
 */
@EndpointWebExtension(endpoint = FallbackAiEndpoint.class)
public class FallbackAiEventStream extends FallbackAiWebExtension {

	private final LiveFeed feed;

	/**
	 * Creates the extension.
	 * @param endpoint carries operations out
	 * @param feed what happens
	 */
	public FallbackAiEventStream(FallbackAiEndpoint endpoint, LiveFeed feed) {
		super(endpoint);
		this.feed = feed;
	}

	@ReadOperation(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	WebEndpointResponse<Flux<ServerSentEvent<String>>> stream(@Selector String endpoint) {
		if (!endpoint.equals(FallbackAiEndpoint.EVENTS)) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		return new WebEndpointResponse<>(this.feed.stream(), MediaType.TEXT_EVENT_STREAM);
	}

}
