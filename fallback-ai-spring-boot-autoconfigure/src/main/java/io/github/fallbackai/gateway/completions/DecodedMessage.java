// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.completions;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatMessage;

/**
 * A message of the conversation.
 *
 * @param message the message as every provider understands it
 * @param original the members that only OpenAI-compatible endpoints understand, as the
 * client sent them; often none
 * @param openAiOnly whether the message means something else without them
 */
record DecodedMessage(ChatMessage message, ObjectNode original, boolean openAiOnly) {

}
