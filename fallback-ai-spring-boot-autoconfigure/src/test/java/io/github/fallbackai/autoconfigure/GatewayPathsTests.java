// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.autoconfigure.web.reactive.AutoConfigureWebTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is answered below the gateway's path where the gateway has nothing.
 */
@AutoConfigureWebTestClient(timeout = "60s")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.state-store.type=memory", "fallback.ai.gateway.enabled=true",
				"fallback.ai.gateway.clients.web.api-key=key-of-the-web-client" })
class GatewayPathsTests {

	@Autowired
	private WebTestClient web;

	@ParameterizedTest
	@CsvSource({ "GET, /v1/chat/completions, POST", "PUT, /v1/chat/completions, POST",
			"DELETE, /v1/chat/completions, POST", "POST, /v1/models, GET", "GET, /v1/responses, POST",
			"DELETE, /v1/models/large, GET" })
	void namesTheMethodOfAPath(String method, String path, String allowed) {
		this.web.method(HttpMethod.valueOf(method))
			.uri(path)
			.exchange()
			.expectStatus()
			.isEqualTo(HttpStatus.METHOD_NOT_ALLOWED)
			.expectHeader()
			.valueEquals("Allow", allowed)
			.expectBody()
			.jsonPath("$.error.type")
			.isEqualTo("invalid_request_error")
			.jsonPath("$.error.code")
			.isEqualTo("method_not_allowed");
	}

	@ParameterizedTest
	@CsvSource({ "GET, /v1", "GET, /v1/images", "POST, /v1/audio/speech", "GET, /v1/responses/a/b",
			"POST, /v1/chat/completions/more" })
	void knowsNoOtherPath(String method, String path) {
		this.web.method(HttpMethod.valueOf(method))
			.uri(path)
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.error.type")
			.isEqualTo("invalid_request_error")
			.jsonPath("$.error.code")
			.isEqualTo("unknown_url");
	}

	@Test
	void leavesTheApplicationItsOwnPaths() {
		this.web.get().uri("/v1/own").exchange().expectStatus().isOk().expectBody(String.class).isEqualTo("own");
		assertThat(bodyOf("/v1/own/missing")).contains("\"status\":404").doesNotContain("invalid_request_error");
		assertThat(bodyOf("/v12/nothing")).contains("\"status\":404").doesNotContain("invalid_request_error");
	}

	private String bodyOf(String path) {
		return this.web.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(OwnController.class)
	static class Application {

	}

	@RestController
	static class OwnController {

		@GetMapping("/v1/own")
		String own() {
			return "own";
		}

		@GetMapping("/v1/own/missing")
		String missing() {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}

	}

}
