// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A response that is kept. {@code toString()} hides what it says.
 *
 * @param id its id
 * @param input the items of the conversation up to its answer in JSON, each with an id
 * @param body the response in JSON, as the client got it
 */
public record StoredResponse(String id, String input, String body) {

	/** The objects around the texts. */
	private static final int OBJECTS = 500;

	/** The items of the conversation up to its answer. */
	public JsonNode items() {
		return KeptItems.read(this.input);
	}

	/** About how many bytes of memory it takes. */
	public long size() {
		return OBJECTS + 2L * this.input.length() + 2L * this.body.length();
	}

	@Override
	public String toString() {
		return "StoredResponse[" + this.id + "]";
	}

}
