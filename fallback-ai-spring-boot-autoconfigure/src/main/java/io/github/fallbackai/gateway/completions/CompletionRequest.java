// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.completions;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.gateway.face.EndpointNeed;
import io.github.fallbackai.gateway.face.FaceCall;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.Omissions;
import io.github.fallbackai.gateway.face.StreamEncoder;
import io.github.fallbackai.gateway.json.OpenAiFamily;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for.
 *
 * @param model the model as the client named it
 * @param chat what is asked, without the destination
 * @param openAiOnly whether only an OpenAI-compatible endpoint can be asked
 * @param stream whether the answer is streamed
 * @param includeUsage whether a stream ends with the number of tokens used
 * @param omissions what endpoints do not get of the request
 */
record CompletionRequest(String model, ChatRequest chat, boolean openAiOnly, boolean stream, boolean includeUsage,
		Omissions omissions) implements FaceCall {

	private static final EndpointNeed UNCHANGED = new EndpointNeed(OpenAiFamily::understands,
			GatewayError.invalid("unsupported_request", "messages", "No model here takes audio or files."));

	@Override
	public @Nullable EndpointNeed need() {
		return this.openAiOnly ? UNCHANGED : null;
	}

	@Override
	public byte[] encode(ChatResponse response) {
		return CompletionEncoder.encode(response);
	}

	@Override
	public StreamEncoder encoder() {
		return new ChunkEncoder(this.includeUsage);
	}

	@Override
	public String toString() {
		return "CompletionRequest[" + this.model + ", " + this.chat + "]";
	}

}
