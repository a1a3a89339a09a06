// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.spring;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import io.github.fallbackai.test.ProviderSimulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = RemoteEndpointsTests.Application.class,
		properties = { "fallback.ai.endpoints[0].name=primary",
				"fallback.ai.endpoints[0].url=https://api.openai.com/v1", "fallback.ai.endpoints[1].name=backup",
				"fallback.ai.endpoints[1].url=https://api.groq.com/openai/v1",
				"fallback.ai.endpoints[2].model=meta/llama", "fallback.ai.endpoints[3].name=wanted",
				"fallback.ai.overrides.wanted.enabled=true" })
class RemoteEndpointsTests {

	@RegisterExtension
	static ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@Test
	void areOffBesideASimulatorUnlessTheTestWantsThem(@Autowired Environment environment) {
		assertThat(enabled(environment, "primary")).isNull();
		assertThat(enabled(environment, "backup")).isEqualTo("false");
		assertThat(enabled(environment, "openai-meta-llama")).isEqualTo("false");
		assertThat(enabled(environment, "wanted")).isEqualTo("true");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:8080/v1", "http://127.0.0.1", "http://[::1]:80", "http://a.localhost" })
	void areThoseThatAreNotOnThisMachine(String url) {
		MockEnvironment environment = environment().withProperty("fallback.ai.endpoints[1].name", "here")
			.withProperty("fallback.ai.endpoints[1].url", url);
		assertThat(RemoteEndpoints.off(environment)).containsOnlyKeys("fallback.ai.overrides.there.enabled");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://api.example.com", "http://10.0.0.1", "http://127.0.0.1.example.com", "no url" })
	void areLeftAloneWhereNoneIsOnThisMachine(String url) {
		assertThat(RemoteEndpoints.off(environment().withProperty("fallback.ai.endpoints[0].url", url))).isEmpty();
		assertThat(RemoteEndpoints.off(new MockEnvironment())).isEmpty();
	}

	@Test
	void areNoneIfAnOverrideLeadsHere() {
		assertThat(RemoteEndpoints
			.off(environment().withProperty("fallback.ai.overrides.there.url", "http://localhost:1"))).isEmpty();
	}

	private static MockEnvironment environment() {
		return new MockEnvironment().withProperty("fallback.ai.endpoints[0].name", "there");
	}

	private static String enabled(Environment environment, String endpoint) {
		return environment.getProperty("fallback.ai.overrides." + endpoint + ".enabled");
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}
