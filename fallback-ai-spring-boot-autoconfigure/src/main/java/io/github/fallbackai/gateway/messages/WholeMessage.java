// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.gateway.json.GatewayJson;

/**
 * Writes a whole answer: see <a href="https://docs.anthropic.com/en/api/messages">the
 * message object</a>.
 */
final class WholeMessage {

	private WholeMessage() {
	}

	static byte[] encode(ChatResponse response, List<String> stopSequences, boolean shown) {
		ObjectNode message = MessageJson.message(MessageJson.newId("msg_"), response.model());
		ArrayNode content = message.withArray("content");
		AnswerBlocks.of(response.toMessage(), shown).forEach(content::add);
		MessageJson.stop(response, stopSequences, message);
		Remarks remarks = Remarks.of(response.remarks());
		message.setAll(remarks.start());
		message.setAll(remarks.delta());
		message.setAll(remarks.end());
		message.set("usage", remarks.lastUsage(response.usage(), true));
		return GatewayJson.write(message);
	}

}
