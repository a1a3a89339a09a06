// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.tokens.JtokkitTokenEstimator;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class TokenConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FallbackAiAutoConfiguration.class))
		.withPropertyValues("fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large");

	@Test
	void countsExactlyWithJtokkit() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(TokenEstimator.class)
			.hasSingleBean(JtokkitTokenEstimator.class));
	}

	@Test
	void estimatesRoughlyWithoutJtokkit() {
		this.runner.withClassLoader(new FilteredClassLoader("com.knuddels"))
			.run((context) -> assertThat(context.getBean(TokenEstimator.class)).isSameAs(TokenEstimator.ROUGH));
	}

	@Test
	void backsOffWhenTheApplicationHasItsOwn() {
		TokenEstimator own = (request, endpoint) -> 1;
		this.runner.withBean(TokenEstimator.class, () -> own)
			.run((context) -> assertThat(context.getBean(TokenEstimator.class)).isSameAs(own));
	}

}
