// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.spring;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = SimulatedEndpointsTests.Application.class,
		properties = { "fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].api-key=sk-real",
				"fallback.ai.endpoints[1].name=back-up", "fallback.ai.endpoints[1].apiKeyFile=/run/secrets/real",
				"fallback.ai.endpoints[2].name=gpt-4.1", "fallback.ai.endpoints[2].headers.X-API-Key=sk-real",
				"fallback.ai.endpoints[2].headers.X-Tenant=acme", "fallback.ai.endpoints[2].timeout.firstContent=7s",
				"fallback.ai.endpoints[3].name=other" })
@SimulatedEndpoints({ "primary", "back-up", "gpt-4.1" })
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SimulatedEndpointsTests {

	private static ProviderSimulator ofTheFirstTest;

	@Simulator
	private ProviderSimulator backUp;

	@Simulator("gpt-4.1")
	private ProviderSimulator third;

	@Autowired
	private Environment environment;

	@Test
	@Order(1)
	void standInTheirPlaces(ProviderSimulator primary) {
		ofTheFirstTest = primary;
		primary.always(Outcome.status(500));
		assertThat(override("primary.url")).isEqualTo(primary.url());
		assertThat(override("back-up.url")).isEqualTo(this.backUp.url());
		assertThat(override("gpt-4.1.url")).isEqualTo(this.third.url());
		assertThat(this.third.endpoint()).isEqualTo("gpt-4.1");
	}

	@Test
	@Order(2)
	void areTheSameInTheNextTestAndReset(@Simulator("primary") ProviderSimulator another) throws Exception {
		assertThat(another).isSameAs(ofTheFirstTest);
		assertThat(ask(another)).isEqualTo(200);
	}

	@Test
	void getNoRealKey() throws Exception {
		assertThat(override("primary.api-key")).isEqualTo("simulated");
		assertThat(override("back-up.api-key")).isNull();
		assertThat(Files.readString(Path.of(override("back-up.api-key-file")))).isEqualTo("simulated");
		assertThat(override("gpt-4.1.headers.x-api-key")).isEqualTo("simulated");
		assertThat(override("gpt-4.1.headers.x-tenant")).isNull();
	}

	/** The library would give models on this machine a minute. */
	@Test
	void haveTheLimitsOfRemoteModels() {
		assertThat(override("primary.timeout.first-content")).isEqualTo("15s");
		assertThat(override("gpt-4.1.timeout.first-content")).isNull();
	}

	@Test
	void areTheOnlyEndpoints() {
		assertThat(override("other.enabled")).isEqualTo("false");
		assertThat(override("other.url")).isNull();
		assertThat(override("primary.enabled")).isNull();
	}

	private static int ask(ProviderSimulator simulator) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.url() + "/chat/completions"))
			.timeout(Duration.ofMinutes(1))
			.POST(BodyPublishers.ofString("{\"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}"))
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
	}

	private String override(String property) {
		return this.environment.getProperty("fallback.ai.overrides." + property);
	}

	@Nested
	class InANestedClass {

		@Simulator
		private ProviderSimulator primary;

		@Test
		void areThoseOfTheClassAround(ProviderSimulator backup) {
			assertThat(backup).isSameAs(SimulatedEndpointsTests.this.backUp);
			assertThat(this.primary.endpoint()).isEqualTo("primary");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

	}

}
