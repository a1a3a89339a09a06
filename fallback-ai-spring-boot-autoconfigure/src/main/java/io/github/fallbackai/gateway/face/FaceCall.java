// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.face;

import java.util.Map;
import java.util.Set;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, and how it reads the answer. Belongs to one request.
 */
public interface FaceCall {

	/** The model as the client named it. */
	String model();

	/** What is asked, without the destination. */
	ChatRequest chat();

	/** Which endpoints can be asked, {@code null} for all. */
	default @Nullable EndpointNeed need() {
		return null;
	}

	/**
	 * Formats of the providers' own items that the client is shown. An answer that has
	 * nothing but others is empty for it.
	 */
	default Set<String> itemFormats() {
		return Set.of();
	}

	/** Whether the answer is streamed. */
	boolean stream();

	/** How many bytes the call takes besides those of the request. */
	default long recalledBytes() {
		return 0;
	}

	/** Whether the client only wants to know how many tokens the request has. */
	default boolean counts() {
		return false;
	}

	/**
	 * Writes how many tokens the request has.
	 * @param tokens number of tokens
	 * @return a body in JSON
	 */
	default byte[] encode(long tokens) {
		throw new IllegalStateException("not asked for");
	}

	/**
	 * Whether a refusal by a provider's policy is an answer in this protocol, no error.
	 */
	default boolean answersRefusals() {
		return false;
	}

	/** What endpoints do not get of the request. A header of the answer says so. */
	default Omissions omissions() {
		return new Omissions();
	}

	/** Further headers of the answer. */
	default Map<String, String> headers() {
		return Map.of();
	}

	/**
	 * Writes a whole answer.
	 * @param response the answer
	 * @return a body in JSON
	 */
	byte[] encode(ChatResponse response);

	/** Writes a streamed answer; a new one for each stream. */
	StreamEncoder encoder();

}
