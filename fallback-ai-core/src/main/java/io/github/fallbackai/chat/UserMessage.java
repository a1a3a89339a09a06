// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What the user said and showed.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class UserMessage implements ChatMessage {

	private final List<ContentPart> parts;

	/**
	 * @param parts the content in order, at least one part
	 */
	@JsonCreator
	public UserMessage(@JsonProperty("parts") List<ContentPart> parts) {
		if (parts.isEmpty()) {
			throw new IllegalArgumentException("user message: no parts (expected: at least one)");
		}
		this.parts = List.copyOf(parts);
	}

	/** The content in order, at least one part. */
	public List<ContentPart> parts() {
		return this.parts;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof UserMessage userMessage && this.parts.equals(userMessage.parts);
	}

	@Override
	public int hashCode() {
		return this.parts.hashCode();
	}

	@Override
	public String toString() {
		return "UserMessage" + this.parts;
	}

}
