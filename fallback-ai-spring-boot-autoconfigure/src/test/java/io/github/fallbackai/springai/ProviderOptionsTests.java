// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.ai.chat.prompt.ChatOptions;

import static org.assertj.core.api.Assertions.assertThat;

class ProviderOptionsTests {

	/** Spring AI 2's options of DeepSeek and Mistral are like this. */
	@ParameterizedTest
	@CsvSource({ "usual, DEFAULT_OF_PROVIDER", "chosen, OPTIONS_OF_PROVIDER" })
	void theModelOfEmptyOptionsIsNoChoice(String model, ModelOrigin origin) {
		assertThat(ProviderOptions.origin(new Options(model), model)).isEqualTo(origin);
	}

	@Test
	void optionsThatCannotBeBuiltHaveNoUsualModel() {
		Unbuilt options = new Unbuilt("usual");
		assertThat(ProviderOptions.origin(options, "usual")).isEqualTo(ModelOrigin.OPTIONS_OF_PROVIDER);
	}

	private static class Options implements ChatOptions {

		private final String model;

		Options(String model) {
			this.model = model;
		}

		@SuppressWarnings("unused")
		public static Maker builder() {
			return new Maker();
		}

		@Override
		public String getModel() {
			return this.model;
		}

		@Override
		public @Nullable Double getFrequencyPenalty() {
			return null;
		}

		@Override
		public @Nullable Integer getMaxTokens() {
			return null;
		}

		@Override
		public @Nullable Double getPresencePenalty() {
			return null;
		}

		@Override
		public @Nullable List<String> getStopSequences() {
			return null;
		}

		@Override
		public @Nullable Double getTemperature() {
			return null;
		}

		@Override
		public @Nullable Integer getTopK() {
			return null;
		}

		@Override
		public @Nullable Double getTopP() {
			return null;
		}

		@Override
		@SuppressWarnings("unchecked")
		public <T extends ChatOptions> T copy() {
			return (T) this;
		}

	}

	/** Makes options. */
	public static final class Maker {

		public ChatOptions build() {
			return new Options("usual");
		}

	}

	private static final class Unbuilt extends Options {

		Unbuilt(String model) {
			super(model);
		}

		@SuppressWarnings("unused")
		public static Maker builder() {
			throw new IllegalStateException("a key is missing");
		}

	}

}
