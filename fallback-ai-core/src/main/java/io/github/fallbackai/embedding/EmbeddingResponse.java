// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.embedding;

import java.util.List;

import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.failure.Attempt;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of texts, and which endpoint made them. Immutable, but the vectors are not
 * copied: change them only if nothing else reads them.
 */
public final class EmbeddingResponse {

	private final List<float[]> vectors;

	private final ChatResponse call;

	EmbeddingResponse(List<float[]> vectors, ChatResponse call) {
		this.vectors = List.copyOf(vectors);
		this.call = call;
	}

	/** A vector for each text, in the order of the texts, all of the same length. */
	public List<float[]> vectors() {
		return this.vectors;
	}

	/** The tokens of the texts, {@code null} if the provider did not tell. */
	public @Nullable Usage usage() {
		return this.call.usage();
	}

	/** Name of the endpoint that answered. */
	public String endpoint() {
		return this.call.endpoint();
	}

	/** The model, as the provider named it, else as it is configured. */
	public String model() {
		return this.call.model();
	}

	/** Whether another endpoint answered than the first choice. */
	public boolean degraded() {
		return this.call.degraded();
	}

	/** The attempts in order, the successful one last. */
	public List<Attempt> attempts() {
		return this.call.attempts();
	}

	@Override
	public String toString() {
		return "EmbeddingResponse[" + this.vectors.size() + " vectors, endpoint=" + endpoint() + ", model=" + model()
				+ "]";
	}

}
