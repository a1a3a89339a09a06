// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.suite.Patience;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client of HTTP/1.0 gets. It reads no chunks: an answer has a length, or it ends
 * with the connection.
 */
class OldProtocolTests {

	private static final String ANSWER = "A short answer.";

	@RegisterExtension
	static final ProviderSimulatorExtension provider = ProviderSimulatorExtension.forEndpoint("primary");

	private final GatewayServer gateway = GatewayServer
		.before(Endpoint.named("primary").url(URI.create(provider.url())).model("m").limits(Patience.LIMITS).build());

	@AfterEach
	void close() {
		this.gateway.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Connection: keep-alive\r\n" })
	void aStreamEndsWithTheConnection(String header) throws IOException {
		provider.always(Outcome.answer(ANSWER));
		String[] answer = post(RawResponse.streamed("Hi"), header);
		assertThat(answer[0]).contains(" 200 ", "text/event-stream", "connection: close")
			.doesNotContain("transfer-encoding");
		assertThat(answer[1].lines().filter((line) -> !line.isEmpty()))
			.allSatisfy((line) -> assertThat(line).startsWith("data: "))
			.endsWith("data: [DONE]");
		assertThat(RawResponse.text(answer[1].lines().toList())).isEqualTo(ANSWER);
	}

	@Test
	void anAnswerInOnePieceHasALength() throws IOException {
		provider.always(Outcome.answer(ANSWER));
		String[] answer = post("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}", "");
		assertThat(answer[0]).contains(" 200 ", "content-length: " + answer[1].length())
			.doesNotContain("transfer-encoding");
		assertThat(answer[1]).contains(ANSWER);
	}

	@Test
	void anErrorHasALength() throws IOException {
		String[] answer = post("{}", "");
		assertThat(answer[0]).contains(" 400 ", "content-length: " + answer[1].length())
			.doesNotContain("transfer-encoding");
	}

	/** Head, in lower case, and body of all that comes until the connection ends. */
	private String[] post(String body, String header) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.gateway.port())) {
			socket.setSoTimeout(30_000);
			socket.getOutputStream()
				.write(("POST /v1/chat/completions HTTP/1.0\r\nHost: localhost\r\n" + header + "Authorization: Bearer "
						+ GatewayServer.KEY + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
					.getBytes(StandardCharsets.US_ASCII));
			String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
			String[] parts = all.split("\r\n\r\n", 2);
			return new String[] { parts[0].toLowerCase(Locale.ROOT), parts[1] };
		}
	}

}
