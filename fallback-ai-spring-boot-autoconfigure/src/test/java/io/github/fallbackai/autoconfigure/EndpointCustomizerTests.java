// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.time.Duration;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointCustomizer;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Beans that adjust the endpoints of the properties.
 */
class EndpointCustomizerTests {

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FallbackAiAutoConfiguration.class))
		.withPropertyValues("fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[0].url=" + primary.url(), "fallback.ai.state-store.type=memory");

	@Test
	void haveTheLastWordInTheirOrder() {
		this.runner.withBean("second", EndpointCustomizer.class, Second::new)
			.withBean("first", EndpointCustomizer.class, First::new)
			.run((context) -> {
				context.getBean(AiFallbackTemplate.class).chat("Hello").block(Duration.ofSeconds(30));
				assertThat(primary.requests().get(0).header("X-Said")).contains("second");
			});
	}

	@Test
	void mustKeepTheName() {
		EndpointCustomizer renaming = (endpoint) -> Endpoint.named("other").url(endpoint.url()).model("m").build();
		this.runner.withBean(EndpointCustomizer.class, () -> renaming)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("name: other (expected: primary, which an EndpointCustomizer must keep)"));
	}

	@Order(1)
	static final class First implements EndpointCustomizer {

		@Override
		public Endpoint customize(Endpoint endpoint) {
			return endpoint.toBuilder().header("X-Said", "first").build();
		}

	}

	@Order(2)
	static final class Second implements EndpointCustomizer {

		@Override
		public Endpoint customize(Endpoint endpoint) {
			return endpoint.toBuilder().header("X-Said", "second").build();
		}

	}

}
