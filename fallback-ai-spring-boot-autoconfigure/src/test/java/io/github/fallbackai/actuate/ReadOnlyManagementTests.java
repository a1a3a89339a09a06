// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import org.springframework.boot.test.autoconfigure.web.reactive.AutoConfigureWebTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@AutoConfigureWebTestClient(timeout = "60s")
@SpringBootTest(classes = ManagementEndpointTests.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.state-store.type=memory", "management.endpoints.web.exposure.include=fallbackai" })
class ReadOnlyManagementTests {

	@Autowired
	private WebTestClient web;

	@Test
	void refusesOperationsUnlessTheApplicationOpensThem() {
		this.web.post()
			.uri("/actuator/fallbackai/primary")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"action\":\"disable\"}")
			.exchange()
			.expectStatus()
			.is4xxClientError()
			.expectBody()
			.returnResult();
		this.web.get()
			.uri("/actuator/fallbackai/primary")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.value((body) -> assertThat(body).contains("\"available\":true"));
	}

	@Test
	void refusesDrills() {
		this.web.post()
			.uri("/actuator/fallbackai/primary")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"action\":\"drill\",\"fault\":\"hang\",\"calls\":1}")
			.exchange()
			.expectStatus()
			.isEqualTo(405)
			.expectBody()
			.returnResult();
	}

}
