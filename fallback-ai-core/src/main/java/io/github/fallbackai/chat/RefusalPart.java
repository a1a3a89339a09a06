// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What the model said instead of an answer.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
@JsonInclude(JsonInclude.Include.NON_NULL)
public final class RefusalPart implements AssistantPart {

	private final String text;

	private final @Nullable ProviderState state;

	/**
	 * @param text the text
	 * @param state what the provider wants back, {@code null} if nothing
	 */
	@JsonCreator
	public RefusalPart(@JsonProperty("text") String text, @JsonProperty("state") @Nullable ProviderState state) {
		this.text = text;
		this.state = state;
	}

	/** The text. */
	public String text() {
		return this.text;
	}

	@Override
	public @Nullable ProviderState state() {
		return this.state;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof RefusalPart part && this.text.equals(part.text)
				&& Objects.equals(this.state, part.state);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.text, this.state);
	}

	@Override
	public String toString() {
		return "RefusalPart[" + this.text.length() + " characters]";
	}

}
