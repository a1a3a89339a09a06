// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.security;

import java.util.List;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.autoconfigure.FallbackAiAutoConfiguration;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A provider gets its own key and no other, whatever it answers.
 */
class SeparateKeysTests {

	private static final List<String> NAMES = List.of("openai", "anthropic", "gemini");

	@RegisterExtension
	static final ProviderSimulatorExtension openai = ProviderSimulatorExtension.forEndpoint("openai");

	@RegisterExtension
	static final ProviderSimulatorExtension anthropic = ProviderSimulatorExtension.forEndpoint("anthropic");

	@RegisterExtension
	static final ProviderSimulatorExtension gemini = ProviderSimulatorExtension.forEndpoint("gemini");

	@ParameterizedTest
	@ValueSource(ints = { 401, 429, 500 })
	void eachProviderGetsItsOwnKeyAlone(int status) {
		call(Outcome.status(status));
		for (ProviderSimulator provider : List.of(openai, anthropic, gemini)) {
			assertThat(provider.requests()).isNotEmpty().allSatisfy((request) -> {
				String everything = everything(request);
				for (String name : NAMES) {
					assertThat(everything.contains(key(name))).as("key of %s at %s", name, provider)
						.isEqualTo(name.equals(provider.endpoint()));
				}
			});
		}
	}

	@Test
	void noProviderGetsAnothersByARedirect() {
		call(Outcome.redirect(gemini.url() + "/chat/completions"));
		assertThat(openai.requests()).hasSize(1);
		assertThat(gemini.requests()).noneMatch(
				(request) -> everything(request).contains(key("openai")) || request.uri().contains("chat/completions"));
	}

	private static void call(Outcome fault) {
		openai.always(fault);
		anthropic.always(fault);
		runner().run((context) -> assertThat(context.getBean(AiFallbackTemplate.class).chat("Hello").block().endpoint())
			.isEqualTo("gemini"));
	}

	private static String everything(RecordedRequest request) {
		return request.uri() + request.headers() + request.body();
	}

	private static String key(String name) {
		return "sk-the-key-of-" + name;
	}

	private static ApplicationContextRunner runner() {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(FallbackAiAutoConfiguration.class));
		for (int index = 0; index < NAMES.size(); index++) {
			String name = NAMES.get(index);
			String prefix = "fallback.ai.endpoints[" + index + "].";
			String url = List.of(openai, anthropic, gemini).get(index).url();
			runner = runner.withPropertyValues(prefix + "name=" + name, prefix + "provider=" + name,
					prefix + "model=large", prefix + "url=" + url, prefix + "api-key=" + key(name));
		}
		return runner;
	}

}
