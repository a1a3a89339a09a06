// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.state.StateToken;
import org.jspecify.annotations.Nullable;

/**
 * What models of other providers want back with the results of their tools. This format
 * has no place for it but a thought that is not shown, which clients return as it is.
 */
final class CarriedState {

	private static final String PREFIX = "all.";

	private CarriedState() {
	}

	/**
	 * The block for an answer.
	 * @param message the answer
	 * @return a block, {@code null} if none is needed
	 */
	static @Nullable ObjectNode block(AssistantMessage message) {
		if (message.toolCalls().isEmpty() || !foreign(message)) {
			return null;
		}
		String token = StateToken.of(message);
		return (token != null) ? GatewayJson.object().put("type", "redacted_thinking").put("data", PREFIX + token)
				: null;
	}

	/** Whether a block of this format cannot hold all that the model wants back. */
	static boolean foreign(AssistantMessage message) {
		return foreign(message.state()) || message.parts().stream().anyMatch((part) -> foreign(part.state()));
	}

	/** The same for a part. */
	static boolean foreign(@Nullable ProviderState state) {
		return state != null && !state.format().equals(BlockState.ANTHROPIC);
	}

	/** Whether the data of a hidden thought is such a state. */
	static boolean is(String data) {
		return data.startsWith(PREFIX);
	}

	/**
	 * Puts a message together again.
	 * @param said what the client says that the model said
	 * @param data the data of the block
	 * @return the message, unchanged if the data cannot be read
	 */
	static AssistantMessage restore(AssistantMessage said, String data) {
		AssistantMessage restored = StateToken.restore(said, data.substring(PREFIX.length()));
		return (restored != null) ? restored : said;
	}

}
