// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.Map;
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
 * A request for a message.
 */
final class MessagesCall implements FaceCall {

	private final DecodedMessages messages;

	/** Names of the endpoints that speak this API. */
	private final Set<String> own;

	private final String requestId = MessageJson.newId("req_");

	private final boolean counts;

	/**
	 * Creates a call.
	 * @param messages what is asked
	 * @param own names of the endpoints that speak this API
	 * @param counts whether only the tokens of the request are asked for
	 */
	MessagesCall(DecodedMessages messages, Set<String> own, boolean counts) {
		this.counts = counts;
		this.messages = messages;
		this.own = own;
	}

	@Override
	public String model() {
		return this.messages.model();
	}

	@Override
	public ChatRequest chat() {
		return this.messages.chat();
	}

	@Override
	public @Nullable EndpointNeed need() {
		return this.messages.needs().need();
	}

	@Override
	public Set<String> itemFormats() {
		return Set.of(BlockState.ANTHROPIC);
	}

	@Override
	public boolean stream() {
		return this.messages.stream();
	}

	@Override
	public boolean counts() {
		return this.counts;
	}

	@Override
	public boolean answersRefusals() {
		return true;
	}

	@Override
	public byte[] encode(long tokens) {
		return GatewayJson.write(GatewayJson.object().put("input_tokens", tokens));
	}

	@Override
	public Map<String, String> headers() {
		return Map.of(MessagesFace.REQUEST_ID, this.requestId);
	}

	@Override
	public Omissions omissions() {
		return this.messages.needs().omissions();
	}

	@Override
	public byte[] encode(ChatResponse response) {
		return WholeMessage.encode(response, this.messages.stopSequences(), this.messages.thinking());
	}

	@Override
	public StreamEncoder encoder() {
		return new EventEncoder(this.messages.stopSequences(), this::shown, this.requestId);
	}

	/** A client that asks for no thoughts often takes the first block for the text. */
	private boolean shown(@Nullable String endpoint) {
		return this.messages.thinking() || (endpoint != null && this.own.contains(endpoint));
	}

	@Override
	public String toString() {
		return "MessagesCall[" + this.messages + "]";
	}

}
