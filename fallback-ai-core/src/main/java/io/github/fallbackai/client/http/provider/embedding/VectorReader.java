// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.embedding;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.embedding.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the vectors in an answer. It makes no tree, because an answer may have millions
 * of numbers.
 *
 * @param list name of the member with the vectors
 * @param vector name of the member with the numbers, or the same in Base64
 */
public record VectorReader(String list, String vector) {

	/** Names that OpenAI and Google have for the count of tokens. */
	private static final Set<String> USAGE = Set.of("usage", "usageMetadata");

	private static final Set<String> TOKENS = Set.of("prompt_tokens", "promptTokenCount");

	/**
	 * Reads an answer.
	 * @param body the answer
	 * @return what it says, {@code null} if it is no such answer
	 */
	@Nullable Answer read(byte[] body) {
		try (JsonParser parser = ProviderJson.MAPPER.createParser(body)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return null;
			}
			Map<Integer, float[]> vectors = new TreeMap<>();
			String model = "";
			Usage usage = null;
			while (parser.nextToken() == JsonToken.FIELD_NAME) {
				String name = parser.currentName();
				JsonToken value = parser.nextToken();
				if (name.equals(this.list) && value == JsonToken.START_ARRAY) {
					vectors.clear();
					readAll(parser, vectors);
				}
				else if (name.equals("model") && value == JsonToken.VALUE_STRING) {
					model = parser.getText();
				}
				else if (USAGE.contains(name) && value == JsonToken.START_OBJECT) {
					usage = usage(parser);
				}
				else {
					parser.skipChildren();
				}
			}
			boolean whole = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
			return (whole && isComplete(vectors)) ? new Answer(List.copyOf(vectors.values()), model, usage) : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	/** Whether there is one for each index from 0. */
	private static boolean isComplete(Map<Integer, float[]> vectors) {
		int expected = 0;
		for (Integer index : vectors.keySet()) {
			if (index != expected++) {
				return false;
			}
		}
		return expected > 0;
	}

	private void readAll(JsonParser parser, Map<Integer, float[]> vectors) throws IOException {
		for (int position = 0; parser.nextToken() == JsonToken.START_OBJECT; position++) {
			int index = position;
			float[] numbers = null;
			while (parser.nextToken() == JsonToken.FIELD_NAME) {
				String name = parser.currentName();
				JsonToken value = parser.nextToken();
				if (name.equals("index") && value == JsonToken.VALUE_NUMBER_INT) {
					index = parser.getIntValue();
				}
				else if (name.equals(this.vector) && value == JsonToken.VALUE_STRING) {
					numbers = Vectors.readOne(parser.getText());
				}
				else if (name.equals(this.vector) && value == JsonToken.START_ARRAY) {
					numbers = numbers(parser);
				}
				else {
					parser.skipChildren();
				}
			}
			if (numbers == null || vectors.put(index, numbers) != null) {
				throw new IOException("no vector");
			}
		}
		if (parser.currentToken() != JsonToken.END_ARRAY) {
			throw new IOException("no list of vectors");
		}
	}

	private static float @Nullable [] numbers(JsonParser parser) throws IOException {
		float[] numbers = new float[1536];
		int count = 0;
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (!parser.currentToken().isNumeric() || !Float.isFinite(parser.getFloatValue())) {
				throw new IOException("no number");
			}
			if (count == numbers.length) {
				numbers = java.util.Arrays.copyOf(numbers, count * 2);
			}
			numbers[count++] = parser.getFloatValue();
		}
		return (count > 0) ? java.util.Arrays.copyOf(numbers, count) : null;
	}

	private static @Nullable Usage usage(JsonParser parser) throws IOException {
		long tokens = -1;
		while (parser.nextToken() == JsonToken.FIELD_NAME) {
			String name = parser.currentName();
			JsonToken value = parser.nextToken();
			if (TOKENS.contains(name) && value == JsonToken.VALUE_NUMBER_INT) {
				tokens = parser.getLongValue();
			}
			else {
				parser.skipChildren();
			}
		}
		return (tokens >= 0) ? new Usage(tokens, 0, null, null) : null;
	}

	/**
	 * What an answer says.
	 *
	 * @param vectors the vectors in the order of the texts
	 * @param model the model, empty if it says none
	 * @param usage the tokens of the texts, {@code null} if it does not tell
	 */
	record Answer(List<float[]> vectors, String model, @Nullable Usage usage) {

	}

}
