// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page of another origin gets no permission to read what the gateway answers.
 */
class CorsTests {

	private static final String ORIGIN = "https://page.example";

	@RegisterExtension
	static final ProviderSimulatorExtension provider = ProviderSimulatorExtension.create();

	private static GatewayServer gateway;

	@BeforeAll
	static void start() {
		gateway = GatewayServer
			.before(Endpoint.named("a").provider("openai").url(URI.create(provider.url())).model("m").build());
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/chat/completions", "/responses", "/messages", "/embeddings", "/models" })
	void isOff(String path) throws IOException, InterruptedException {
		HttpRequest asking = HttpRequest.newBuilder(URI.create(gateway.url() + path))
			.header("Origin", ORIGIN)
			.header("Access-Control-Request-Method", "POST")
			.header("Access-Control-Request-Headers", "authorization, content-type")
			.method("OPTIONS", HttpRequest.BodyPublishers.noBody())
			.build();
		assertThat(allowing(HttpClient.newHttpClient().send(asking, HttpResponse.BodyHandlers.discarding()))).isFalse();
		assertThat(allowing(
				RawResponse.exchange(gateway, path, HttpRequest.BodyPublishers.ofString("{}"), "Origin", ORIGIN)
					.response()))
			.isFalse();
	}

	private static boolean allowing(HttpResponse<?> response) {
		return response.headers().map().keySet().stream().anyMatch((name) -> name.startsWith("access-control-"));
	}

}
