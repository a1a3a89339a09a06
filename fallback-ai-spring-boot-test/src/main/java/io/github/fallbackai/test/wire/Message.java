// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One message of a request, reduced to its text.
 *
 * @param role {@code system}, {@code user}, {@code assistant} or {@code tool}, whatever
 * the provider calls it
 * @param text the text parts in one string, empty if there are none
 */
public record Message(String role, String text) {

	/** The role of what the model said. */
	public static final String ASSISTANT = "assistant";

	/** The role of what the user said. */
	public static final String USER = "user";

	/**
	 * Reads a message whose content is a text or a list of parts, some of them with a
	 * text.
	 * @param role the role
	 * @param content the content
	 * @return the message with the texts in one string
	 */
	public static Message of(String role, JsonNode content) {
		if (!content.isArray()) {
			return new Message(role, content.asText(""));
		}
		StringBuilder text = new StringBuilder();
		content.forEach((part) -> text.append(part.path("text").asText()));
		return new Message(role, text.toString());
	}

	boolean isAssistant() {
		return this.role.equals(ASSISTANT);
	}

	boolean isUser() {
		return this.role.equals(USER);
	}

	@Override
	public String toString() {
		return "Message[" + this.role + "]";
	}

}
