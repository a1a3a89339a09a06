// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every kind of provider, from its properties to its answer.
 */
class EveryProviderTests {

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@ParameterizedTest
	@ValueSource(strings = { "openai", "azure-openai", "anthropic", "gemini" })
	void takesOverAndIsTakenOver(String provider) {
		primary.next(Outcome.status(503));
		backup.always(Outcome.answer("Guten Tag"));
		primary.always(Outcome.answer("Good day"));
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(FallbackAiAutoConfiguration.class))
			.withPropertyValues("fallback.ai.endpoints[0].name=primary",
					"fallback.ai.endpoints[0].provider=" + provider, "fallback.ai.endpoints[0].model=model-a",
					"fallback.ai.endpoints[0].url=" + primary.url(), "fallback.ai.endpoints[1].name=backup",
					"fallback.ai.endpoints[1].provider=" + provider, "fallback.ai.endpoints[1].model=model-b",
					"fallback.ai.endpoints[1].url=" + backup.url())
			.run((context) -> {
				AiFallbackTemplate template = context.getBean(AiFallbackTemplate.class);
				ChatResponse first = template.chat("Hi").block();
				assertThat(first.text()).isEqualTo("Guten Tag");
				assertThat(first.model()).isEqualTo("model-b");
				assertThat(first.usage()).isNotNull();
				assertThat(template.streamText("Hi").collectList().block()).hasSizeGreaterThan(1)
					.satisfies((parts) -> assertThat(String.join("", parts)).isEqualTo("Good day"));
			});
	}

}
