// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.fallbackai.test.wire.Frame;
import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.Message;
import io.github.fallbackai.test.wire.Prompt;
import io.github.fallbackai.test.wire.PromptBlock;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.Turn;
import io.github.fallbackai.test.wire.WireFormat;
import io.github.fallbackai.test.wire.gemini.GeminiFormat;
import io.github.fallbackai.test.wire.openai.OpenAiFormat;

/**
 * Embeddings of OpenAI and compatible servers, {@code POST .../embeddings}, and of
 * Gemini, {@code POST ...:batchEmbedContents}. The vector of a text depends on the text
 * and on the model only.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/embeddings">OpenAI API
 * reference</a>
 * @see <a href="https://ai.google.dev/api/embeddings">Gemini API reference</a>
 */
public final class EmbeddingsFormat implements WireFormat {

	/** Length of the vectors unless the request names another. */
	public static final int DIMENSIONS = 8;

	private static final int MOST_OF_GEMINI = 100;

	private static final String DIMENSION = "dimensions";

	private static final String BASE64 = "base64";

	private final boolean gemini;

	private final WireFormat errors;

	private EmbeddingsFormat(boolean gemini, WireFormat errors) {
		this.gemini = gemini;
		this.errors = errors;
	}

	/** OpenAI's. */
	public static EmbeddingsFormat openAi() {
		return new EmbeddingsFormat(false, new OpenAiFormat());
	}

	/** Gemini's. */
	public static EmbeddingsFormat gemini() {
		return new EmbeddingsFormat(true, new GeminiFormat());
	}

	/**
	 * The vector of a text.
	 * @param model the model
	 * @param text the text
	 * @param dimensions its length
	 * @return the vector
	 */
	public static float[] vector(String model, String text, int dimensions) {
		Random random = new Random(31L * model.hashCode() + text.hashCode());
		float[] vector = new float[dimensions];
		for (int i = 0; i < dimensions; i++) {
			vector[i] = random.nextFloat() - 0.5f;
		}
		return vector;
	}

	@Override
	public boolean serves(String path) {
		return path.endsWith(this.gemini ? ":batchEmbedContents" : "/embeddings");
	}

	@Override
	public Prompt read(String uri, JsonNode body) {
		return this.gemini ? ofGemini(uri, body) : ofOpenAi(body);
	}

	private static Prompt ofOpenAi(JsonNode body) {
		JsonNode input = body.path("input");
		List<Message> texts = new ArrayList<>();
		if (input.isTextual() || input.path(0).isNumber()) {
			texts.add(text(input));
		}
		else {
			input.forEach((each) -> texts.add(text(each)));
		}
		if (texts.isEmpty() || texts.stream().anyMatch((text) -> text.text().isEmpty())) {
			throw new IllegalArgumentException("'input': input cannot be an empty string or list.");
		}
		return prompt(body.path("model").asText(), texts, body.path(DIMENSION).asInt(DIMENSIONS),
				body.path("encoding_format").asText().equals(BASE64));
	}

	/** Tokens, given as numbers, are a text too. */
	private static Message text(JsonNode input) {
		return new Message(Message.USER, (input.isArray() && !input.isEmpty()) ? input.toString() : input.asText());
	}

	private static Prompt ofGemini(String uri, JsonNode body) {
		List<Message> texts = new ArrayList<>();
		int dimensions = DIMENSIONS;
		for (JsonNode request : body.path("requests")) {
			texts.add(Message.of(Message.USER, request.path("content").path("parts")));
			dimensions = request.path("outputDimensionality").asInt(DIMENSIONS);
		}
		if (texts.isEmpty()) {
			throw new IllegalArgumentException("requests: must not be empty");
		}
		if (texts.size() > MOST_OF_GEMINI) {
			throw new IllegalArgumentException(
					"* BatchEmbedContentsRequest.requests: at most 100 requests can be in one batch");
		}
		String model = uri.substring(uri.lastIndexOf('/') + 1, uri.lastIndexOf(':'));
		return prompt(model, texts, dimensions, false);
	}

	/** A prompt has nothing but messages, so the settings are messages too. */
	private static Prompt prompt(String model, List<Message> texts, int dimensions, boolean base64) {
		texts.add(new Message(DIMENSION, String.valueOf(dimensions)));
		if (base64) {
			texts.add(new Message(BASE64, ""));
		}
		return new Prompt(model, false, false, texts);
	}

	@Override
	public List<PromptBlock> blocks(JsonNode body) {
		return List.of();
	}

	@Override
	public List<Frame> stream(Turn turn) {
		throw new IllegalStateException("embeddings: never streamed");
	}

	@Override
	public String unary(Turn turn) {
		ObjectNode answer = Json.object();
		ArrayNode list = answer.putArray(this.gemini ? "embeddings" : "data");
		List<Message> messages = turn.prompt().messages();
		int dimensions = Integer.parseInt(setting(messages, DIMENSION, ""));
		boolean base64 = setting(messages, BASE64, null) != null;
		int tokens = 0;
		for (Message message : messages) {
			if (!message.role().equals(Message.USER)) {
				continue;
			}
			tokens += message.text().length() / 4 + 1;
			float[] vector = vector(turn.prompt().model(), message.text(), dimensions);
			ObjectNode item = list.addObject();
			if (this.gemini) {
				add(vector, item.putArray("values"));
				continue;
			}
			item.put("object", "embedding").put("index", list.size() - 1);
			if (base64) {
				item.put("embedding", base64(vector));
			}
			else {
				add(vector, item.putArray("embedding"));
			}
		}
		if (!this.gemini) {
			answer.put("object", "list").put("model", turn.model());
			answer.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
		}
		return Json.write(answer);
	}

	private static @Nullable String setting(List<Message> messages, String role, @Nullable String absent) {
		return messages.stream()
			.filter((message) -> message.role().equals(role))
			.map(Message::text)
			.findFirst()
			.orElse(absent);
	}

	private static void add(float[] vector, ArrayNode numbers) {
		for (float number : vector) {
			numbers.add(number);
		}
	}

	private static String base64(float[] vector) {
		ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(vector);
		return Base64.getEncoder().encodeToString(bytes.array());
	}

	@Override
	public String error(ProviderError error) {
		return this.errors.error(error);
	}

	@Override
	public String errorEvent(ProviderError error) {
		return this.errors.errorEvent(error);
	}

	@Override
	public @Nullable String requestIdHeader() {
		return this.errors.requestIdHeader();
	}

}
