// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.suite.Patience;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.netty.buffer.PooledByteBufAllocator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that use HTTP as no client does, to hold memory or a place. Each of them comes
 * to an end, and other clients notice nothing.
 */
class OddRequestsTests {

	private static final int MEGABYTE = 1024 * 1024;

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

	@RegisterExtension
	static final ProviderSimulatorExtension provider = ProviderSimulatorExtension.forEndpoint("primary");

	private final GatewayServer gateway = GatewayServer.with(CallSettings.DEFAULTS,
			new GatewaySettings("/v1", Set.of(), 20 * MEGABYTE, Duration.ZERO, false, PAUSE),
			ClientDirectory.builder()
				.client(new GatewayClient("odd", Set.of(), 1, BigDecimal.ZERO), ApiKey.of("key-of-odd"))
				.client(new GatewayClient("other", Set.of(), 0, BigDecimal.ZERO), ApiKey.of(GatewayServer.KEY))
				.build(),
			new Chain(Chain.DEFAULT,
					List.of(Endpoint.named("primary")
						.url(URI.create(provider.url()))
						.model("m")
						.limits(Patience.LIMITS)
						.build())));

	private final List<Socket> sockets = new ArrayList<>();

	@AfterEach
	void close() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
		awaitPlace();
		this.gateway.close();
	}

	/** A body that the client does not end, in whatever form. */
	@ParameterizedTest
	@ValueSource(strings = { "Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n", CHUNKED, CHUNKED + "5\r\n{",
			CHUNKED + "1;name=value\r\n{\r\n", CHUNKED + "1\r\n{\r\n0\r\n",
			CHUNKED + "1\r\n{\r\n0\r\nTrailer: value\r\n", "Content-Length: 1000\r\n\r\n{" })
	void anUnfinishedBodyIsRefused(String rest) throws IOException {
		Socket socket = begin(rest);
		String answer = read(socket);
		assertThat(answer).contains("HTTP/1.1 408 ");
	}

	/** Each piece says much about itself and has one byte. */
	@ParameterizedTest
	@ValueSource(ints = { 100, 3000, 1_000_000 })
	void chunksThatAreMostlyExtensionsAreRefused(int length) throws IOException {
		Socket socket = begin(CHUNKED);
		String piece = "1;" + "x".repeat(length) + "\r\n \r\n";
		assertEnds(socket, piece);
	}

	@Test
	void trailersWithoutEndAreRefused() throws IOException {
		assertEnds(begin(CHUNKED + "1\r\n \r\n0\r\n"), "Trailer: value\r\n");
	}

	@Test
	void aBodyThatIsShorterThanToldGivesItsPlaceBack() throws IOException {
		Socket socket = begin("Content-Length: 1000\r\n\r\n{");
		socket.shutdownOutput();
		read(socket);
	}

	/** Sends a piece again and again until the gateway has enough of it. */
	private void assertEnds(Socket socket, String piece) throws IOException {
		byte[] bytes = piece.getBytes(StandardCharsets.US_ASCII);
		long before = directMemory();
		Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(5)).until(() -> {
			try {
				socket.getOutputStream().write(bytes);
			}
			catch (SocketException ex) {
				return true;
			}
			return socket.getInputStream().available() > 0;
		});
		assertThat(directMemory() - before).isLessThanOrEqualTo(8 * MEGABYTE);
	}

	private static long directMemory() {
		return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
	}

	private Socket begin(String rest) throws IOException {
		Socket socket = open();
		socket.getOutputStream().write(request(rest));
		return socket;
	}

	private Socket open() throws IOException {
		Socket socket = new Socket("127.0.0.1", this.gateway.port());
		socket.setSoTimeout(30_000);
		this.sockets.add(socket);
		return socket;
	}

	private static byte[] request(String rest) {
		return ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer key-of-odd\r\n" + rest)
			.getBytes(StandardCharsets.US_ASCII);
	}

	/** What comes until there is a body, or the connection ends. */
	private static String read(Socket socket) throws IOException {
		StringBuilder text = new StringBuilder();
		byte[] bytes = new byte[1000];
		while (text.indexOf("error") < 0) {
			int count = socket.getInputStream().read(bytes);
			if (count < 0) {
				return text.toString();
			}
			text.append(new String(Arrays.copyOf(bytes, count), StandardCharsets.US_ASCII));
		}
		return text.toString();
	}

	private void awaitPlace() {
		provider.always(Outcome.answer("Hi"));
		Awaitility.await()
			.until(() -> RawResponse
				.post(this.gateway, "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
						"Authorization", "Bearer key-of-odd")
				.status() == 200);
	}

}
