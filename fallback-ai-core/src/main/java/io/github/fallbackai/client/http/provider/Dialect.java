// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.net.URI;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The wire format of one kind of provider. Does no I/O, keeps nothing between calls and
 * is safe for use by several threads.
 */
public interface Dialect {

	/**
	 * The name by which configuration refers to the provider, for example {@code openai}.
	 */
	String provider();

	/**
	 * The base URL of endpoints that configure none, or {@code null} if the provider has
	 * no common one.
	 */
	@Nullable URI defaultUrl();

	/** How the provider expects its key; as a bearer token unless overridden. */
	default Authentication authentication() {
		return Authentication.BEARER;
	}

	/**
	 * The members that a request's body must keep, because without them it would mean
	 * something else. They are not left out even if the provider refuses them.
	 */
	Set<String> essentialParameters();

	/**
	 * The dialect for requests to an endpoint, if the provider has more than one API.
	 * @param endpoint the endpoint
	 * @param other whether the endpoint refuses the API by which it is asked first
	 * @return the dialect to use, this one unless overridden
	 */
	default Dialect of(Endpoint endpoint, boolean other) {
		return this;
	}

	/**
	 * The dialect for one request, if the provider has more than one API and the request
	 * may need one of them.
	 * @param endpoint the endpoint
	 * @param request what to ask
	 * @return the dialect by which the endpoint is asked first, that for requests to the
	 * endpoint unless overridden
	 */
	default Dialect of(Endpoint endpoint, ChatRequest request) {
		return of(endpoint, false);
	}

	/**
	 * The dialect for requests whose answer is vectors.
	 * @return the dialect, {@code null} if the provider makes none, or this library does
	 * not know how
	 */
	default @Nullable Dialect embeddings() {
		return null;
	}

	/**
	 * The dialect for requests that only ask how many tokens they have. The answer is the
	 * usage.
	 * @return the dialect, {@code null} if the provider does not count, or this library
	 * does not know how
	 */
	default @Nullable Dialect counting() {
		return null;
	}

	/**
	 * Where a parameter is in a request's body.
	 * @param name the parameter as users name it
	 * @return its name in the body, or that of an object there, a dot, and the name
	 * within; empty if this API has no such parameter
	 */
	default String parameter(String name) {
		return name;
	}

	/**
	 * Says why a request cannot be expressed in this format, because a tool, an image or
	 * the form of the answer would get lost. Hints such as a seed may get lost.
	 * @param request what to ask
	 * @return the reason in a few words without content of the request, or {@code null}
	 * if the request can be expressed
	 */
	default @Nullable String unsupported(ChatRequest request) {
		return null;
	}

	/** How many texts an endpoint takes in one request for their vectors. */
	default int mostTexts(Endpoint endpoint) {
		return Integer.MAX_VALUE;
	}

	/** Whether the provider can be asked only to read a prompt into its cache. */
	default boolean readsPromptsOnly() {
		return false;
	}

	/**
	 * Writes a request.
	 * @param request what to ask which endpoint, and whether as a stream
	 * @return the request to send
	 * @throws IllegalArgumentException if the request cannot be expressed; the message
	 * quotes no content
	 */
	WireRequest encode(EndpointRequest request);

	/**
	 * The dialect that reads the answer to a request, if what it means depends on what
	 * was asked.
	 * @param request the body that was sent
	 * @return the dialect, this one unless overridden
	 */
	default Dialect answering(byte[] request) {
		return this;
	}

	/**
	 * Starts to read a streamed answer.
	 * @param head status and headers of the answer, a success
	 * @return a decoder for this answer only
	 */
	StreamDecoder streamDecoder(ResponseHead head);

	/**
	 * Reads an answer that came in one piece, whether or not that was asked for.
	 * @param head status and headers of the answer, a success
	 * @param body the whole body
	 * @return the events that the same answer would have had as a stream
	 * @throws io.github.fallbackai.client.EndpointException if the body is an error or no
	 * answer at all
	 */
	List<EndpointEvent> decodeUnary(ResponseHead head, byte[] body);

	/**
	 * Finds out what a response means that is no success.
	 * @param head status and headers
	 * @param body the body, empty if there is none
	 * @return the failure
	 */
	Failure classify(ResponseHead head, byte[] body);

}
