// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.time.Duration;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.client.Credentials;
import io.github.fallbackai.client.CredentialsProvider;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link FallbackClientConfiguration} in an application.
 */
class FallbackClientConfigurationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FallbackAiAutoConfiguration.class))
		.withPropertyValues("fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large")
		.withPropertyValues(primary.properties());

	@Test
	void asksTheApplicationForCredentials() {
		this.runner
			.withBean(CredentialsProvider.class,
					() -> (endpoint, request) -> Mono
						.just(new Credentials(ApiKey.of("sk-tenant-" + endpoint.name()), "tenant")))
			.run((context) -> {
				context.getBean(AiFallbackTemplate.class).chat("hello").block(LONG);
				assertThat(primary.requests()).singleElement()
					.satisfies((request) -> assertThat(request.header("Authorization"))
						.isEqualTo("Bearer sk-tenant-primary"));
			});
	}

	@Test
	void aCallersRefusedKeyLeavesTheEndpointAvailable() {
		primary.always(Outcome.status(401));
		this.runner
			.withBean(CredentialsProvider.class,
					() -> (endpoint, request) -> Mono.just(new Credentials(ApiKey.of("sk-tenant"), "tenant")))
			.run((context) -> {
				AiFallbackTemplate template = context.getBean(AiFallbackTemplate.class);
				for (int i = 0; i < 3; i++) {
					template.chat("hello").onErrorResume((error) -> Mono.empty()).block(LONG);
				}
				assertThat(primary.requestCount()).isEqualTo(1);
				assertThat(template.status().endpoints().get(0).available()).isTrue();
			});
	}

	@Test
	void sendsTheParametersOfTheEndpoint() {
		this.runner
			.withPropertyValues("fallback.ai.endpoints[0].parameters.set.seed=7",
					"fallback.ai.endpoints[0].parameters.drop=stream_options")
			.run((context) -> {
				context.getBean(AiFallbackTemplate.class).chat("hello").block(LONG);
				assertThat(primary.requests()).singleElement().satisfies((request) -> {
					assertThat(request.body().path("seed").asInt()).isEqualTo(7);
					assertThat(request.body().has("stream_options")).isFalse();
				});
			});
	}

}
