// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import io.github.fallbackai.AiFallbackOperations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operation is answered that is not permitted, and how it becomes permitted.
 */
class ReadOnlyAccessTests {

	@ParameterizedTest
	@CsvSource({ "'', 405", "management.endpoints.access.default=read-only, 405",
			"management.endpoint.fallbackai.access=unrestricted, 200",
			"management.endpoint.fallbackai.access=read-only, 405",
			"management.endpoints.access.default=unrestricted, 200" })
	void anOperationIsPermittedOnRequestAndARefusalSaysHow(String property, int status) {
		SpringApplication application = new SpringApplication(ManagementEndpointTests.Application.class);
		application.setWebApplicationType(WebApplicationType.REACTIVE);
		try (ConfigurableApplicationContext context = application.run("--server.port=0",
				"--fallback.ai.endpoints[0].name=primary", "--fallback.ai.endpoints[0].model=large",
				"--fallback.ai.endpoints[0].url=http://127.0.0.1:1/v1", "--fallback.ai.state-store.type=memory",
				"--management.endpoints.web.exposure.include=fallbackai", "--" + property)) {
			int port = ((WebServerApplicationContext) context).getWebServer().getPort();
			String answer = WebTestClient.bindToServer()
				.baseUrl("http://127.0.0.1:" + port)
				.build()
				.post()
				.uri("/actuator/fallbackai/primary")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"action\":\"disable\"}")
				.exchange()
				.expectStatus()
				.isEqualTo(status)
				.expectBody(String.class)
				.returnResult()
				.getResponseBody();
			boolean disabled = !context.getBean(AiFallbackOperations.class)
				.status()
				.endpoint("primary")
				.orElseThrow()
				.available();
			assertThat(disabled).isEqualTo(status == 200);
			if (property.isEmpty()) {
				assertThat(answer).contains("management.endpoint.fallbackai.access=unrestricted");
			}
		}
	}

}
