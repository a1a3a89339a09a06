// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.embeddings;

import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.embedding.Embeddings;
import io.github.fallbackai.embedding.EmbeddingResponse;
import io.github.fallbackai.embedding.Vectors;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.gateway.face.EndpointNeed;
import io.github.fallbackai.gateway.face.FaceCall;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.Omissions;
import io.github.fallbackai.gateway.face.StreamEncoder;
import io.github.fallbackai.gateway.json.GatewayJson;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for.
 *
 * @param model the model as the client named it
 * @param chat what is asked, without the destination
 * @param tokens whether the texts are given as numbers of tokens
 * @param base64 whether the client wants the vectors in Base64
 * @param omissions what endpoints do not get that do not speak OpenAI
 */
record EmbeddingCall(String model, ChatRequest chat, boolean tokens, boolean base64,
		Omissions omissions) implements FaceCall {

	private static final EndpointNeed TOKENS = new EndpointNeed(
			(endpoint) -> EmbeddingDecoder.OPENAI.contains(endpoint.provider()),
			GatewayError.invalid("unsupported_request", "input", "No model here takes tokens. Send texts."));

	@Override
	public @Nullable EndpointNeed need() {
		return this.tokens ? TOKENS : null;
	}

	@Override
	public boolean stream() {
		return false;
	}

	@Override
	public byte[] encode(ChatResponse response) {
		EmbeddingResponse answer = Embeddings.of(response);
		ObjectNode json = GatewayJson.object().put("object", "list");
		ArrayNode data = json.putArray("data");
		List<float[]> vectors = answer.vectors();
		for (int index = 0; index < vectors.size(); index++) {
			ObjectNode item = data.addObject().put("object", "embedding").put("index", index);
			if (this.base64) {
				item.put("embedding", Vectors.write(vectors.get(index)));
			}
			else {
				ArrayNode numbers = item.putArray("embedding");
				for (float number : vectors.get(index)) {
					numbers.add(number);
				}
			}
		}
		json.put("model", answer.model());
		Usage usage = Objects.requireNonNullElse(answer.usage(), new Usage(0, 0, null, null));
		json.putObject("usage").put("prompt_tokens", usage.inputTokens()).put("total_tokens", usage.totalTokens());
		return GatewayJson.write(json);
	}

	@Override
	public StreamEncoder encoder() {
		throw new IllegalStateException("embeddings: never streamed");
	}

	@Override
	public String toString() {
		return "EmbeddingCall[" + this.model + ", " + this.chat + "]";
	}

}
