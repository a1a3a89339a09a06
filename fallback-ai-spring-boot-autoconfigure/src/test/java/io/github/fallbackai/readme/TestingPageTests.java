// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.time.Duration;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.autoconfigure.FallbackAiAutoConfiguration;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The test of {@code docs/testing.md} with the endpoints of the README, and one more that
 * no simulator stands for although the environment has a key for it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = { "fallback.ai.endpoints[0].name=primary",
		"fallback.ai.endpoints[0].url=https://api.openai.com/v1", "fallback.ai.endpoints[0].model=gpt-4o",
		"fallback.ai.endpoints[0].api-key=${NO_SUCH_KEY:}", "fallback.ai.endpoints[1].name=backup",
		"fallback.ai.endpoints[1].url=https://api.groq.com/openai/v1",
		"fallback.ai.endpoints[1].model=llama-3.3-70b-versatile", "fallback.ai.endpoints[1].api-key=${NO_SUCH_KEY:}",
		"fallback.ai.endpoints[2].name=real", "fallback.ai.endpoints[2].url=https://api.example.com/v1",
		"fallback.ai.endpoints[2].model=large", "fallback.ai.endpoints[2].api-key=sk-real" })
class TestingPageTests {

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@Test
	void answersAlthoughThePrimaryIsDown(@Autowired AiFallbackTemplate template) {
		primary.always(Outcome.status(503));
		assertThat(template.chat("Hello").block(Duration.ofMinutes(1)).model()).isEqualTo("llama-3.3-70b-versatile");
	}

	@Test
	void asksNoEndpointThatIsNotOnThisMachine(@Autowired AiFallbackTemplate template) {
		assertThat(template.status().endpoints()).extracting("name").containsExactly("primary", "backup");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(FallbackAiAutoConfiguration.class)
	static class App {

	}

}
