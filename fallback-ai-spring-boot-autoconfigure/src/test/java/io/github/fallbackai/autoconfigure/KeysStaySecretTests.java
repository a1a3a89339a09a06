// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.autoconfigure.chain.FallbackSetup;
import io.github.fallbackai.endpoint.Endpoint;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs a whole application that shows everything it can to everybody, and looks for keys.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class KeysStaySecretTests {

	private static final List<String> SECRETS = List.of("sk-list-4711", "sk-variable-4711", "sk-map-4711",
			"sk-override-4711", "sk-header-4711", "sk-placeholder-4711", "sk-spare-4711");

	@Test
	void noActuatorEndpointNoLogAndNoBeanShowsAKey(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start()) {
			WebClient client = WebClient
				.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
			JsonNode links = get(client, "/actuator", JsonNode.class).get("_links");
			assertThat(links.fieldNames()).toIterable()
				.contains("env", "configprops", "health", "circuitbreakers", "beans");
			for (JsonNode link : links) {
				String href = link.get("href").asText();
				if (!href.contains("{") && !href.endsWith("dump")) {
					assertThat(get(client, href, String.class)).as(href).doesNotContain(SECRETS);
				}
			}
			String env = get(client, "/actuator/env", String.class);
			assertThat(env).as("values are shown").contains("\"large\"").contains("MY_KEY");
			assertThat(get(client, "/actuator/configprops", String.class)).contains("\"large\"");
			assertThat(
					get(client, "/actuator/health", JsonNode.class).at("/components/fallbackAi/details/activeEndpoint")
						.asText())
				.isEqualTo("primary");
			assertThat(text(context.getBeansOfType(Object.class).values())).doesNotContain(SECRETS);
			assertThat(context.getBean(FallbackSetup.class).onlyEndpoints()).extracting(Endpoint::apiKey)
				.doesNotContainNull();
			assertThat(context.getBean(AiFallbackTemplate.class).status().toString()).doesNotContain(SECRETS);
		}
		assertThat(output).contains("Fallback chain: primary").doesNotContain(SECRETS);
	}

	private static String text(Collection<?> beans) {
		StringBuilder text = new StringBuilder();
		beans.forEach((bean) -> text.append(bean).append('\n'));
		return text.toString();
	}

	private static <T> T get(WebClient client, String uri, Class<T> type) {
		return client.get()
			.uri(uri)
			.exchangeToMono((response) -> response.bodyToMono(type))
			.block(Duration.ofMinutes(2));
	}

	private static ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(App.class)
			.initializers((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of("FALLBACK_AI_APIKEYS_BACKUP", "sk-variable-4711", "MY_KEY", "sk-placeholder-4711"))))
			.run("--server.port=0", "--server.address=127.0.0.1", "--spring.jmx.enabled=true", "--debug",
					"--logging.level.io.github.fallbackai=trace",
					"--logging.level.org.springframework.boot.context=trace",
					"--management.endpoints.web.exposure.include=*", "--management.endpoint.env.show-values=always",
					"--management.endpoint.configprops.show-values=always",
					"--management.endpoint.health.show-details=always", "--management.health.redis.enabled=false",
					"--fallback.ai.endpoints[0].name=primary", "--fallback.ai.endpoints[0].model=large",
					"--fallback.ai.endpoints[0].api-key=sk-list-4711",
					"--fallback.ai.endpoints[0].spare-api-keys=sk-spare-4711",
					"--fallback.ai.endpoints[0].headers.X-Api-Key=sk-header-4711",
					"--fallback.ai.endpoints[1].name=backup", "--fallback.ai.endpoints[1].model=small",
					"--fallback.ai.endpoints[2].name=local", "--fallback.ai.endpoints[2].model=tiny",
					"--fallback.ai.endpoints[2].api-key=${MY_KEY}", "--fallback.ai.endpoints[3].name=last",
					"--fallback.ai.endpoints[3].model=least", "--fallback.ai.api-keys.last=sk-map-4711",
					"--fallback.ai.overrides.last.api-key=sk-override-4711");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class App {

	}

}
