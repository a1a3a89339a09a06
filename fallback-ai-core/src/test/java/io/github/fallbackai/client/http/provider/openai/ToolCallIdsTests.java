// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.net.URI;
import java.util.function.UnaryOperator;

import io.github.fallbackai.endpoint.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ToolCallIds}.
 */
class ToolCallIdsTests {

	private static final String LONG = "chatcmpl-tool-0123456789abcdef0123456789abcdef";

	private final UnaryOperator<String> openAi = ids("https://api.openai.com/v1");

	private final UnaryOperator<String> mistral = ids("https://api.mistral.ai/v1");

	@ParameterizedTest
	@ValueSource(strings = { "call_1", "toolu_01KFbKqPYSuAKujiL6mTfzYA", "functions.weather:0",
			"0123456789012345678901234567890123456789" })
	void keepsIdsThatFit(String id) {
		assertThat(this.openAi.apply(id)).isEqualTo(id);
	}

	@Test
	void replacesAnIdThatIsTooLong() {
		assertThat(this.openAi.apply(LONG)).hasSizeLessThanOrEqualTo(40).isEqualTo(this.openAi.apply(LONG));
		assertThat(this.openAi.apply(LONG)).isNotEqualTo(this.openAi.apply(LONG + "0"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "call_1", LONG, "a", "toolu_01KFbKqPYSuAKujiL6mTfzYA" })
	void givesMistralWhatItInsistsOn(String id) {
		assertThat(this.mistral.apply(id)).matches("[A-Za-z0-9]{9}").isEqualTo(this.mistral.apply(id));
		assertThat(this.mistral.apply(id)).isNotEqualTo(this.mistral.apply(id + "2"));
	}

	@Test
	void keepsMistralsOwnIds() {
		assertThat(this.mistral.apply("gSIMJiOkT")).isEqualTo("gSIMJiOkT");
	}

	private static UnaryOperator<String> ids(String url) {
		return ToolCallIds.of(Endpoint.named("primary").url(URI.create(url)).model("m").build());
	}

}
