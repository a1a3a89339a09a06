// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.contract;

import java.util.List;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.Fixtures;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.anthropic.AnthropicDialect;
import io.github.fallbackai.client.http.provider.gemini.GeminiDialect;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.failure.Usage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tokens count as known only where an answer really reports them.
 */
class ReportedUsageTests {

	private static final String ABSURD = "9223372036854775807";

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"prompt_tokens\":null,\"completion_tokens\":null,\"total_tokens\":null}",
			"{\"prompt_tokens\":\"many\",\"completion_tokens\":true}", "{\"total_tokens\":19}",
			"{\"completion_tokens\":7}", "{\"prompt_tokens\":-1,\"completion_tokens\":-1}",
			"{\"prompt_tokens\":" + ABSURD + ",\"completion_tokens\":7}",
			"{\"prompt_tokens\":12,\"completion_tokens\":1e300}" })
	void openAisCountsThatSayNothingAreUnknown(String usage) {
		assertThat(openAi(usage)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"prompt_tokens\":\"12\",\"completion_tokens\":\"7\"}",
			"{\"prompt_tokens\":12,\"total_tokens\":19}", "{\"completion_tokens\":7,\"total_tokens\":19}",
			"{\"prompt_tokens\":12.0,\"completion_tokens\":7,\"prompt_cache_hit_tokens\":null}" })
	void openAisCountsAreReadWhereTheySaySomething(String usage) {
		assertThat(openAi(usage)).containsExactly(new Usage(12, 7, null, null));
	}

	@Test
	void anthropicsCountsMayBeText() {
		assertThat(anthropic("{\"input_tokens\":\"12\",\"output_tokens\":\"1\"}", "{\"output_tokens\":\"7\"}"))
			.endsWith(new Usage(12, 7, null, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"input_tokens\":null}", "{\"input_tokens\":" + ABSURD + "}" })
	void anthropicsOutputAloneIsNoUsage(String atStart) {
		assertThat(anthropic(atStart, "{\"output_tokens\":7}")).isEmpty();
	}

	@Test
	void geminisCountsMayBeText() {
		assertThat(gemini("{\"promptTokenCount\":\"12\",\"candidatesTokenCount\":\"7\"}"))
			.containsExactly(new Usage(12, 7, null, null));
	}

	@Test
	void geminisPromptFollowsFromTheTotal() {
		assertThat(gemini("{\"candidatesTokenCount\":4,\"thoughtsTokenCount\":3,\"totalTokenCount\":19}"))
			.containsExactly(new Usage(12, 7, null, 3L));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"promptTokenCount\":null}", "{\"candidatesTokenCount\":7}",
			"{\"promptTokenCount\":" + ABSURD + "}",
			"{\"promptTokenCount\":12,\"candidatesTokenCount\":" + ABSURD + "}" })
	void geminisCountsThatSayNothingAreUnknown(String usage) {
		assertThat(gemini(usage)).isEmpty();
	}

	private static List<Usage> openAi(String usage) {
		return usages(new OpenAiDialect(),
				"{\"choices\":[{\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}],\"usage\":" + usage + "}");
	}

	private static List<Usage> anthropic(String atStart, String atEnd) {
		return usages(new AnthropicDialect(), "{\"type\":\"message_start\",\"message\":{\"usage\":" + atStart + "}}",
				"{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}",
				"{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":" + atEnd + "}");
	}

	private static List<Usage> gemini(String usage) {
		return usages(new GeminiDialect(),
				"{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]},\"finishReason\":\"STOP\"}],"
						+ "\"usageMetadata\":" + usage + "}");
	}

	private static List<Usage> usages(Dialect dialect, String... data) {
		return Fixtures.decode(dialect, data)
			.stream()
			.filter(EndpointEvent.UsageReported.class::isInstance)
			.map((event) -> ((EndpointEvent.UsageReported) event).usage())
			.toList();
	}

}
