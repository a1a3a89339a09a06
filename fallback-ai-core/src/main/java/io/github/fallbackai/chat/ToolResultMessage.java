// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a tool returned for a call of the model.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
@JsonInclude(JsonInclude.Include.NON_NULL)
public final class ToolResultMessage implements ChatMessage {

	private final String toolCallId;

	private final String content;

	private final @Nullable CacheControl cacheControl;

	/**
	 * @param toolCallId id of the call, as the model gave it
	 * @param content the result
	 */
	public ToolResultMessage(String toolCallId, String content) {
		this(toolCallId, content, null);
	}

	@JsonCreator
	private ToolResultMessage(@JsonProperty("toolCallId") String toolCallId, @JsonProperty("content") String content,
			@JsonProperty("cacheControl") @Nullable CacheControl cacheControl) {
		this.toolCallId = toolCallId;
		this.content = content;
		this.cacheControl = cacheControl;
	}

	/** Id of the call, as the model gave it. */
	public String toolCallId() {
		return this.toolCallId;
	}

	/** The result. */
	public String content() {
		return this.content;
	}

	/** The mark that asks the provider to keep everything up to here, or {@code null}. */
	public @Nullable CacheControl cacheControl() {
		return this.cacheControl;
	}

	/** The same result with a mark. */
	public ToolResultMessage withCacheControl(@Nullable CacheControl cacheControl) {
		return new ToolResultMessage(this.toolCallId, this.content, cacheControl);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ToolResultMessage toolResultMessage
				&& this.toolCallId.equals(toolResultMessage.toolCallId)
				&& this.content.equals(toolResultMessage.content)
				&& Objects.equals(this.cacheControl, toolResultMessage.cacheControl);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.toolCallId, this.content, this.cacheControl);
	}

	@Override
	public String toString() {
		return "ToolResultMessage[" + this.content.length() + " characters]";
	}

}
