// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.List;

import io.github.fallbackai.chat.ChatRequest;

/**
 * What a client asks for.
 *
 * @param model the model as the client named it
 * @param chat what is asked, without the destination
 * @param needs what not every endpoint understands
 * @param stream whether the answer is streamed
 * @param stopSequences the texts at which the model has to stop
 * @param thinking whether the client wants thoughts
 */
record DecodedMessages(String model, ChatRequest chat, Needs needs, boolean stream, List<String> stopSequences,
		boolean thinking) {

	@Override
	public String toString() {
		return "DecodedMessages[" + this.model + ", " + this.chat + "]";
	}

}
