// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An instruction to the model.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class SystemMessage implements ChatMessage {

	private final String text;

	/** Empty unless the text alone would not tell everything. */
	@JsonInclude(JsonInclude.Include.NON_EMPTY)
	private final List<TextPart> parts;

	/**
	 * @param text the instruction
	 */
	public SystemMessage(String text) {
		this(text, List.of());
	}

	/**
	 * An instruction in parts, which may have marks for the provider's cache.
	 * @param parts the instruction
	 */
	public SystemMessage(List<TextPart> parts) {
		this(parts.stream().map(TextPart::text).collect(Collectors.joining()), parts);
	}

	@JsonCreator
	private SystemMessage(@JsonProperty("text") String text, @JsonProperty("parts") @Nullable List<TextPart> parts) {
		this.text = text;
		this.parts = (parts != null) ? List.copyOf(parts) : List.of();
	}

	/** The instruction. */
	public String text() {
		return this.text;
	}

	/** The instruction in parts, at least one. */
	public List<TextPart> parts() {
		return this.parts.isEmpty() ? List.of(new TextPart(this.text)) : this.parts;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof SystemMessage systemMessage && this.text.equals(systemMessage.text)
				&& this.parts.equals(systemMessage.parts);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.text, this.parts);
	}

	@Override
	public String toString() {
		return "SystemMessage[" + this.text.length() + " characters]";
	}

}
