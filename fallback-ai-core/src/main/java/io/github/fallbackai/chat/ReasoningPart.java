// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What the model thought. It goes back to the model that thought it, and to no other.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
@JsonInclude(JsonInclude.Include.NON_NULL)
public final class ReasoningPart implements AssistantPart {

	private final String text;

	private final @Nullable String signature;

	private final @Nullable String encrypted;

	private final @Nullable ProviderState state;

	/**
	 * A thought that the provider signed, encrypted or left as it is.
	 * @param text the text, empty if the provider does not show it
	 * @param signature the provider's signature, {@code null} if there is none
	 * @param encrypted the thought in a form that only the provider can read,
	 * {@code null} if there is none
	 * @param state what else the provider wants back, and which model made the part
	 */
	@JsonCreator
	public ReasoningPart(@JsonProperty("text") String text, @JsonProperty("signature") @Nullable String signature,
			@JsonProperty("encrypted") @Nullable String encrypted,
			@JsonProperty("state") @Nullable ProviderState state) {
		this.text = text;
		this.signature = signature;
		this.encrypted = encrypted;
		this.state = state;
	}

	/**
	 * A thought without anything else.
	 * @param text the text
	 */
	public ReasoningPart(String text) {
		this(text, null, null, null);
	}

	/** The text, empty if the provider does not show it. */
	public String text() {
		return this.text;
	}

	/** The provider's signature, {@code null} if there is none. */
	public @Nullable String signature() {
		return this.signature;
	}

	/** The thought in a form that only the provider can read, {@code null} if none. */
	public @Nullable String encrypted() {
		return this.encrypted;
	}

	/** Whether the provider does not show the thought. */
	public boolean redacted() {
		return this.text.isEmpty() && this.encrypted != null;
	}

	@Override
	public @Nullable ProviderState state() {
		return this.state;
	}

	/** The same thought with another text. */
	public ReasoningPart withText(String text) {
		return new ReasoningPart(text, this.signature, this.encrypted, this.state);
	}

	/** The same thought with another state. */
	public ReasoningPart withState(@Nullable ProviderState state) {
		return new ReasoningPart(this.text, this.signature, this.encrypted, state);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ReasoningPart part && this.text.equals(part.text)
				&& Objects.equals(this.signature, part.signature) && Objects.equals(this.encrypted, part.encrypted)
				&& Objects.equals(this.state, part.state);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.text, this.signature, this.encrypted, this.state);
	}

	@Override
	public String toString() {
		return "ReasoningPart[" + this.text.length() + " characters]";
	}

}
