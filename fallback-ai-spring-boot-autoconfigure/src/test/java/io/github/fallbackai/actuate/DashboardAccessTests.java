// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page offers just what the management endpoint carries out.
 */
@Tag("slow")
class DashboardAccessTests {

	@ParameterizedTest
	@CsvSource({ "'', true", "unrestricted, true", "read-only, false" })
	void offersOperationsUpToTheMaximumPermittedAccess(String maximum, boolean offered) {
		expect(new SpringApplication(ManagementEndpointTests.Application.class), maximum, offered);
	}

	@ParameterizedTest
	@CsvSource({ "UNRESTRICTED, true", "READ_ONLY, false" })
	void asksTheApplicationsOwnRules(Access access, boolean offered) {
		SpringApplication application = new SpringApplication(ManagementEndpointTests.Application.class);
		application.addInitializers((context) -> ((GenericApplicationContext) context)
			.registerBean(EndpointAccessResolver.class, () -> (id, standard) -> access));
		expect(application, "", offered);
	}

	@Test
	void thereIsNoPageWhereNothingIsPermitted() {
		SpringApplication application = new SpringApplication(ManagementEndpointTests.Application.class);
		try (ConfigurableApplicationContext context = run(application, "max-permitted=none")) {
			client(context).get()
				.uri("/actuator/fallbackaidashboard/access")
				.exchange()
				.expectStatus()
				.isNotFound()
				.expectBody()
				.returnResult();
		}
	}

	private static void expect(SpringApplication application, String maximum, boolean offered) {
		try (ConfigurableApplicationContext context = run(application,
				maximum.isEmpty() ? "default=read-only" : "max-permitted=" + maximum)) {
			client(context).get()
				.uri("/actuator/fallbackaidashboard/access")
				.exchange()
				.expectBody()
				.json("{\"operations\":" + offered + ",\"drills\":" + offered + "}");
			int status = client(context).post()
				.uri("/actuator/fallbackai/primary")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"action\":\"disable\"}")
				.exchange()
				.expectBody()
				.returnResult()
				.getStatus()
				.value();
			assertThat(status == 200).isEqualTo(offered);
		}
	}

	private static ConfigurableApplicationContext run(SpringApplication application, String property) {
		application.setWebApplicationType(WebApplicationType.REACTIVE);
		return application.run("--server.port=0", "--fallback.ai.endpoints[0].name=primary",
				"--fallback.ai.endpoints[0].model=large", "--fallback.ai.endpoints[0].url=http://127.0.0.1:1/v1",
				"--fallback.ai.state-store.type=memory", "--fallback.ai.dashboard.enabled=true",
				"--fallback.ai.drill.enabled=true", "--management.endpoint.fallbackai.access=unrestricted",
				"--management.endpoints.web.exposure.include=fallbackai,fallbackaidashboard",
				"--management.endpoints.access." + property);
	}

	private static WebTestClient client(ConfigurableApplicationContext context) {
		int port = ((WebServerApplicationContext) context).getWebServer().getPort();
		return WebTestClient.bindToServer().baseUrl("http://127.0.0.1:" + port).build();
	}

}
