// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Text within a message.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
@JsonInclude(JsonInclude.Include.NON_NULL)
public final class TextPart implements ContentPart, AssistantPart {

	private final String text;

	private final @Nullable CacheControl cacheControl;

	private final @Nullable ProviderState state;

	/**
	 * @param text the text
	 */
	public TextPart(String text) {
		this(text, null, null);
	}

	@JsonCreator
	private TextPart(@JsonProperty("text") String text,
			@JsonProperty("cacheControl") @Nullable CacheControl cacheControl,
			@JsonProperty("state") @Nullable ProviderState state) {
		this.text = text;
		this.cacheControl = cacheControl;
		this.state = state;
	}

	/** The text. */
	public String text() {
		return this.text;
	}

	@Override
	public @Nullable CacheControl cacheControl() {
		return this.cacheControl;
	}

	@Override
	public @Nullable ProviderState state() {
		return this.state;
	}

	/** The same part with another text. */
	public TextPart withText(String text) {
		return new TextPart(text, this.cacheControl, this.state);
	}

	/** The same text with a mark. */
	@Override
	public TextPart withCacheControl(@Nullable CacheControl cacheControl) {
		return new TextPart(this.text, cacheControl, this.state);
	}

	/** The same text with what the provider that made it wants back. */
	public TextPart withState(@Nullable ProviderState state) {
		return new TextPart(this.text, this.cacheControl, state);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof TextPart textPart && this.text.equals(textPart.text)
				&& Objects.equals(this.cacheControl, textPart.cacheControl)
				&& Objects.equals(this.state, textPart.state);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.text, this.cacheControl, this.state);
	}

	@Override
	public String toString() {
		return "TextPart[" + this.text.length() + " characters]";
	}

}
