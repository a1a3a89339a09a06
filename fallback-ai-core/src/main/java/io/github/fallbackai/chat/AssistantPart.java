// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import org.jspecify.annotations.Nullable;

/**
 * A piece of what the model said. {@code toString()} of every part hides its content.
 */
public sealed interface AssistantPart permits TextPart, ReasoningPart, RefusalPart, ToolCall {

	/**
	 * What only the model that made the part understands and wants back, {@code null} if
	 * there is nothing.
	 */
	@Nullable ProviderState state();

}
