// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.embedding;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.github.fallbackai.chat.ChatOptions;
import org.jspecify.annotations.Nullable;

/**
 * Texts that a model turns into vectors. Immutable.
 *
 * <p>
 * Vectors of different models cannot be compared. So only endpoints of one
 * {@code model-group} can answer: that of the {@linkplain Builder#target target}, or of
 * the chain's first endpoint. Give endpoints the same group only if the same model serves
 * them.
 */
public final class EmbeddingRequest {

	/** Most texts of one request, as at OpenAI. */
	public static final int MOST_INPUTS = 2048;

	private final List<String> inputs;

	private final @Nullable Integer dimensions;

	private final @Nullable String target;

	private final Map<String, Map<String, Object>> extras;

	private final ChatOptions options;

	private EmbeddingRequest(Builder builder) {
		this.inputs = builder.inputs;
		this.dimensions = builder.dimensions;
		this.target = builder.target;
		this.extras = builder.extras;
		this.options = builder.options;
	}

	/**
	 * Texts, with default settings.
	 * @param inputs the texts, none of them empty
	 * @return the request
	 */
	public static EmbeddingRequest of(String... inputs) {
		return builder(List.of(inputs)).build();
	}

	/**
	 * Starts a request.
	 * @param inputs the texts: at least one, {@value #MOST_INPUTS} at most, none of them
	 * empty
	 * @return a builder
	 * @throws IllegalArgumentException if these are not such texts
	 */
	public static Builder builder(List<String> inputs) {
		return new Builder(inputs);
	}

	/** The texts in order. */
	public List<String> inputs() {
		return this.inputs;
	}

	/** Length of the vectors, {@code null} for the model's own. */
	public @Nullable Integer dimensions() {
		return this.dimensions;
	}

	/** The endpoint, model group or model to ask, {@code null} for the chain's first. */
	public @Nullable String target() {
		return this.target;
	}

	/** Further parameters by provider. */
	public Map<String, Map<String, Object>> extras() {
		return this.extras;
	}

	/** How the call is made: chain, deadline, cost and the like. */
	public ChatOptions options() {
		return this.options;
	}

	@Override
	public String toString() {
		return "EmbeddingRequest[" + this.inputs.size() + " inputs, dimensions=" + this.dimensions + ", target="
				+ this.target + "]";
	}

	/**
	 * Collects the parts of an {@link EmbeddingRequest}.
	 */
	public static final class Builder {

		private final List<String> inputs;

		private final Map<String, Map<String, Object>> extras = new TreeMap<>();

		private @Nullable Integer dimensions;

		private @Nullable String target;

		private ChatOptions options = ChatOptions.DEFAULTS;

		private Builder(List<String> inputs) {
			if (inputs.isEmpty() || inputs.size() > MOST_INPUTS) {
				throw new IllegalArgumentException(
						"inputs: " + inputs.size() + " (expected: 1.." + MOST_INPUTS + " texts)");
			}
			for (int index = 0; index < inputs.size(); index++) {
				if (inputs.get(index).isEmpty()) {
					throw new IllegalArgumentException("inputs[" + index + "]: empty (expected: a text)");
				}
			}
			this.inputs = List.copyOf(inputs);
		}

		/**
		 * Sets the length of the vectors; the model's own unless set. Not every model has
		 * a choice.
		 */
		public Builder dimensions(@Nullable Integer dimensions) {
			if (dimensions != null && dimensions < 1) {
				throw new IllegalArgumentException("dimensions: " + dimensions + " (expected: >= 1)");
			}
			this.dimensions = dimensions;
			return this;
		}

		/**
		 * Sets the model by name of an endpoint, else of a model group, else of a model;
		 * the chain's first endpoint unless set.
		 */
		public Builder target(@Nullable String target) {
			this.target = target;
			return this;
		}

		/**
		 * Adds a parameter for one kind of provider, for example {@code input_type}.
		 */
		public Builder extra(String provider, String name, Object value) {
			this.extras.computeIfAbsent(provider, (key) -> new TreeMap<>()).put(name, Objects.requireNonNull(value));
			return this;
		}

		/** Sets how the call is made; {@link ChatOptions#DEFAULTS} unless set. */
		public Builder options(ChatOptions options) {
			this.options = options;
			return this;
		}

		/** Builds the request. */
		public EmbeddingRequest build() {
			return new EmbeddingRequest(this);
		}

	}

}
