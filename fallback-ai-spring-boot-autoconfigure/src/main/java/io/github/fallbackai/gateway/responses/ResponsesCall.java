// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.Set;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.gateway.face.EndpointNeed;
import io.github.fallbackai.gateway.face.FaceCall;
import io.github.fallbackai.gateway.face.Omissions;
import io.github.fallbackai.gateway.face.StreamEncoder;
import io.github.fallbackai.gateway.json.GatewayJson;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for.
 *
 * @param model the model as the client named it
 * @param chat what is asked, without the destination
 * @param stream whether the answer is streamed
 * @param recalledBytes bytes of the conversation that it goes on from
 * @param omissions what endpoints do not get of the request
 * @param needed which endpoints can be asked, {@code null} for all
 * @param shape how the response looks
 */
record ResponsesCall(String model, ChatRequest chat, boolean stream, long recalledBytes, Omissions omissions,
		@Nullable EndpointNeed needed, ResponseShape shape) implements FaceCall {

	@Override
	public @Nullable EndpointNeed need() {
		return this.needed;
	}

	@Override
	public Set<String> itemFormats() {
		return Set.of(LeftOut.RESPONSES_API);
	}

	@Override
	public byte[] encode(ChatResponse response) {
		return GatewayJson.write(WholeResponse.of(response, this.shape));
	}

	@Override
	public StreamEncoder encoder() {
		return new ResponseStream(this.model, this.shape);
	}

	@Override
	public String toString() {
		return "ResponsesCall[" + this.model + ", " + this.chat + "]";
	}

}
