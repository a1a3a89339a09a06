// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.github.fallbackai.autoconfigure.diagnosis.Explanation;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.web.reactive.HttpHandlerAutoConfiguration;
import org.springframework.boot.autoconfigure.web.reactive.ReactiveWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.reactive.WebFluxAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gateway from its properties to its first answer.
 */
@ExtendWith(OutputCaptureExtension.class)
class GatewayAutoConfigurationTests {

	private static final String KEY = "key-of-the-web-client";

	private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations
		.of(FallbackAiAutoConfiguration.class, FallbackAiGatewayAutoConfiguration.class);

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	private final String[] endpoint = { "fallback.ai.endpoints[0].name=primary",
			"fallback.ai.endpoints[0].model=model-a", "fallback.ai.endpoints[0].url=" + primary.url() };

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AUTO_CONFIGURATIONS)
		.withPropertyValues(this.endpoint);

	@Test
	void isOffUnlessSwitchedOn() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("fallbackAiGatewayRoutes"));
	}

	@Test
	void answersWhenSwitchedOn() {
		primary.next(Outcome.answer("Good day"));
		new ReactiveWebApplicationContextRunner(AnnotationConfigReactiveWebServerApplicationContext::new)
			.withConfiguration(AUTO_CONFIGURATIONS)
			.withConfiguration(AutoConfigurations.of(ReactiveWebServerFactoryAutoConfiguration.class,
					HttpHandlerAutoConfiguration.class, WebFluxAutoConfiguration.class))
			.withPropertyValues(this.endpoint)
			.withPropertyValues("fallback.ai.gateway.enabled=true", "fallback.ai.gateway.base-path=/llm",
					"fallback.ai.gateway.clients.web.api-key=" + KEY, "server.port=0")
			.run((context) -> {
				int port = ((AnnotationConfigReactiveWebServerApplicationContext) context.getSourceApplicationContext())
					.getWebServer()
					.getPort();
				OpenAIClient client = OpenAIOkHttpClient.builder()
					.baseUrl("http://127.0.0.1:" + port + "/llm")
					.apiKey(KEY)
					.maxRetries(0)
					.build();
				try {
					assertThat(client.chat()
						.completions()
						.create(ChatCompletionCreateParams.builder().model("auto").addUserMessage("Hi").build())
						.choices()
						.get(0)
						.message()
						.content()).contains("Good day");
				}
				finally {
					client.close();
				}
			});
	}

	@Test
	void backsOffWhenTheApplicationDefinesItsOwnRoutes() {
		RouterFunction<ServerResponse> own = RouterFunctions.route()
			.GET("/v1/models", (request) -> ServerResponse.ok().build())
			.build();
		this.runner.withBean("fallbackAiGatewayRoutes", RouterFunction.class, () -> own)
			.withPropertyValues("fallback.ai.gateway.enabled=true", "fallback.ai.gateway.clients.web.api-key=" + KEY)
			.run((context) -> assertThat(context.getBean("fallbackAiGatewayRoutes")).isSameAs(own));
	}

	@Test
	void staysOffInAServletApplicationAndSaysWhy(CapturedOutput output) {
		new WebApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withPropertyValues(this.endpoint)
			.withPropertyValues("fallback.ai.gateway.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("fallbackAiGatewayRoutes"));
		assertThat(output).contains("fallback.ai.gateway.enabled is true, but there is no gateway");
	}

	@Test
	void staysOffWithoutAWebApplication(CapturedOutput output) {
		new ApplicationContextRunner().withConfiguration(AUTO_CONFIGURATIONS)
			.withPropertyValues(this.endpoint)
			.withPropertyValues("fallback.ai.gateway.enabled=true")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("fallbackAiGatewayRoutes"));
		assertThat(output).contains("spring.main.web-application-type=reactive");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					fallback.ai.gateway.enabled=true                                                    | fallback.ai.gateway.clients
					fallback.ai.gateway.anonymous=true                                                  | fallback.ai.gateway.anonymous
					fallback.ai.gateway.anonymous=true,server.address=0.0.0.0                           | fallback.ai.gateway.anonymous
					fallback.ai.gateway.clients.web.chains=default                                      | fallback.ai.gateway.clients.web.api-key
					fallback.ai.gateway.clients.web.api-key=                                            | fallback.ai.gateway.clients.web.api-key
					fallback.ai.gateway.clients.web.api-key=s3cret-key,fallback.ai.gateway.clients.app.api-key=s3cret-key | .api-key
					fallback.ai.gateway.clients.web.api-key=s3cret-key,fallback.ai.gateway.clients.web.chains=other | fallback.ai.gateway.clients.web.chains
					fallback.ai.gateway.clients.web.api-key=s3cret-key,fallback.ai.gateway.clients.web.max-concurrent-calls=-1 | fallback.ai.gateway.clients.web.max-concurrent-calls
					fallback.ai.gateway.clients.web.api-key=s3cret-key,fallback.ai.gateway.clients.web.max-cost-per-day=-1 | fallback.ai.gateway.clients.web.max-cost-per-day
					fallback.ai.gateway.clients.web.api-key=s3cret-key,fallback.ai.gateway.base-path=v1/ | fallback.ai.gateway.base-path
					fallback.ai.gateway.clients.web.api-key=s3cret-key,fallback.ai.gateway.base-path=/{x | fallback.ai.gateway.base-path
					fallback.ai.gateway.clients.web.api-key=s3cret-key,fallback.ai.gateway.max-request-size=0B | fallback.ai.gateway.max-request-size
					""")
	void explainsWhatCannotWork(String properties, String property) {
		this.runner.withPropertyValues("fallback.ai.gateway.enabled=true")
			.withPropertyValues(properties.split(","))
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = Explanation.of(context.getStartupFailure(), new StandardEnvironment());
				assertThat(analysis).isNotNull();
				assertThat(analysis.getDescription()).contains(property).doesNotContain("s3cret-key");
				assertThat(analysis.getAction()).isNotBlank().doesNotContain("s3cret-key");
			});
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.1", "localhost", "::1" })
	void letsEverybodyInOnThisMachineAlone(String address) {
		this.runner
			.withPropertyValues("fallback.ai.gateway.enabled=true", "fallback.ai.gateway.anonymous=true",
					"server.address=" + address)
			.run((context) -> assertThat(context).hasNotFailed().hasBean("fallbackAiGatewayRoutes"));
	}

}
