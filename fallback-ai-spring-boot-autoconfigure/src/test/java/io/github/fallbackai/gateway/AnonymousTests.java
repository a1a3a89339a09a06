// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.suite.Patience;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway without keys answers programs on this machine, and no web page in a browser
 * on it.
 */
class AnonymousTests {

	private static final String JSON = "Content-Type: application/json";

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	private final GatewayServer gateway = GatewayServer.with(CallSettings.DEFAULTS, GatewaySettings.DEFAULTS,
			ClientDirectory.builder().anonymous().build(), new Chain(Chain.DEFAULT, List.of(endpoint())));

	@AfterEach
	void close() {
		this.gateway.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LOCALHOST:8080", "app.localhost:8080", "127.0.0.1", "127.1.2.3:80", "[::1]",
			"[::1]:8080" })
	void answersUnderTheNamesOfThisMachine(String host) throws IOException {
		assertThat(post("Host: " + host, JSON)).startsWith("HTTP/1.1 200");
		assertThat(exchange("GET /v1/models", "", "Host: " + host)).startsWith("HTTP/1.1 200");
	}

	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "evil.example:8080", "127.evil.example", "127.0.0.1.evil.example",
			"localhost.evil.example", "notlocalhost", "10.0.0.1", "0.0.0.0", "[::2]", "" })
	void answersUnderNoOtherName(String host) throws IOException {
		assertThat(post("Host: " + host, JSON)).startsWith("HTTP/1.1 403").contains("\"forbidden_host\"");
		assertThat(exchange("GET /v1/models", "", "Host: " + host)).startsWith("HTTP/1.1 403");
		assertThat(exchange("GET /v1/models/auto", "", "Host: " + host)).startsWith("HTTP/1.1 403");
		assertThat(primary.requestCount()).isZero();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "https://evil.example", "http://127.0.0.1.evil.example", "null", "chrome-extension://abc" })
	void answersNoPageFromElsewhere(String origin) throws IOException {
		assertThat(post("Host: localhost", JSON, "Origin: " + origin)).startsWith("HTTP/1.1 403")
			.contains("\"forbidden_origin\"");
		assertThat(primary.requestCount()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:3000", "https://127.0.0.1", "http://[::1]:3000" })
	void answersPagesOfThisMachine(String origin) throws IOException {
		assertThat(post("Host: localhost", JSON, "Origin: " + origin)).startsWith("HTTP/1.1 200");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "Content-Type: text/plain;charset=UTF-8", "Content-Type: application/x-www-form-urlencoded",
					"Content-Type: nonsense", "Content-Type: application/jsonp" })
	void takesNothingButJson(String header) throws IOException {
		assertThat(post("Host: localhost", header)).startsWith("HTTP/1.1 415")
			.contains("\"type\":\"invalid_request_error\"", "\"unsupported_media_type\"");
		assertThat(primary.requestCount()).isZero();
	}

	@Test
	void takesJsonWithParameters() throws IOException {
		assertThat(post("Host: localhost", JSON + "; charset=utf-8")).startsWith("HTTP/1.1 200");
	}

	@Test
	void takesWhatSaysNothingOfItsType() throws IOException {
		assertThat(post("Host: localhost", "X-Nothing: 1")).startsWith("HTTP/1.1 200");
	}

	@Test
	void looksNeitherAtOriginNorAtTypeOfClientsWithAKey() {
		try (GatewayServer keyed = GatewayServer.before(endpoint())) {
			assertThat(RawResponse.post(keyed, body(), "Origin", "https://page.example").status()).isEqualTo(200);
			assertThat(RawResponse.post(keyed, body(), "Content-Type", "text/plain").status()).isEqualTo(200);
		}
	}

	private String post(String... headers) throws IOException {
		return exchange("POST /v1/chat/completions", body(), headers);
	}

	/** Java's clients do not send any {@code Host} that they are told to. */
	private String exchange(String what, String body, String... headers) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.gateway.port())) {
			String request = what + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n"
					+ "Content-Length: " + body.length() + "\r\n\r\n" + body;
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static String body() {
		return "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
	}

	private static Endpoint endpoint() {
		return Endpoint.named("primary")
			.url(URI.create(primary.url()))
			.model("model-primary")
			.limits(Patience.LIMITS)
			.build();
	}

}
