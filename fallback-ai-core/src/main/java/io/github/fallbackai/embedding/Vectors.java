// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Vectors as text: each as the Base64 of its 32-bit numbers, the least significant byte
 * first, as OpenAI's API has it too. One vector is one line.
 */
public final class Vectors {

	private static final char BETWEEN = '\n';

	private Vectors() {
	}

	/**
	 * Writes vectors.
	 * @param vectors the vectors
	 * @return the text
	 */
	public static String write(List<float[]> vectors) {
		StringBuilder text = new StringBuilder();
		for (float[] vector : vectors) {
			text.append(text.isEmpty() ? "" : BETWEEN).append(write(vector));
		}
		return text.toString();
	}

	/**
	 * Writes a vector.
	 * @param vector the vector
	 * @return the text, a line
	 */
	public static String write(float[] vector) {
		ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
		bytes.asFloatBuffer().put(vector);
		return Base64.getEncoder().encodeToString(bytes.array());
	}

	/**
	 * Reads vectors.
	 * @param text the text
	 * @return the vectors, {@code null} if this is no such text
	 */
	public static @Nullable List<float[]> read(String text) {
		List<float[]> vectors = new ArrayList<>();
		for (int from = 0; from <= text.length();) {
			int end = text.indexOf(BETWEEN, from);
			end = (end < 0) ? text.length() : end;
			float[] vector = readOne(text.substring(from, end));
			if (vector == null) {
				return null;
			}
			vectors.add(vector);
			from = end + 1;
		}
		return vectors;
	}

	/**
	 * Reads a vector.
	 * @param line the text
	 * @return the vector, {@code null} if this is no such text, or a number is not finite
	 */
	public static float @Nullable [] readOne(String line) {
		byte[] bytes;
		try {
			bytes = Base64.getDecoder().decode(line);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
		if (bytes.length == 0 || bytes.length % Float.BYTES != 0) {
			return null;
		}
		float[] vector = new float[bytes.length / Float.BYTES];
		ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
		for (float number : vector) {
			if (!Float.isFinite(number)) {
				return null;
			}
		}
		return vector;
	}

}
