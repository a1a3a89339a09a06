// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@DemoTest
@Tag("slow")
class PageResourceTests {

	@Autowired
	private WebTestClient client;

	@ParameterizedTest
	@CsvSource({ "/, text/html", "/app.js, text/javascript", "/style.css, text/css", "/favicon.svg, image/svg+xml",
			"/disaster.html, text/html", "/webjars/markdown-it/14.1.0/dist/markdown-it.min.js, text/javascript" })
	void servesThePage(String path, String type) {
		this.client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.valueOf(type))
			.expectHeader()
			.valueEquals("Content-Security-Policy", SecurityHeaders.POLICY)
			.expectBody()
			.returnResult();
	}

	@Test
	void saysInJsonThatThereIsNothing() {
		this.client.get()
			.uri("/nothing")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.error")
			.isNotEmpty();
	}

}
