// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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
 * Requests whose bodies do not end.
 */
class SlowRequestsTests {

	private static final int MEGABYTE = 1024 * 1024;

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private static final int CONNECTIONS = 20;

	@RegisterExtension
	static final ProviderSimulatorExtension provider = ProviderSimulatorExtension.forEndpoint("primary");

	private final GatewayServer gateway = GatewayServer.with(CallSettings.DEFAULTS,
			new GatewaySettings("/v1", Set.of(), 20 * MEGABYTE, Duration.ZERO, false, PAUSE),
			ClientDirectory.builder()
				.client(new GatewayClient("slow", Set.of(), 0, BigDecimal.ZERO), ApiKey.of("key-of-slow"))
				.client(new GatewayClient("single", Set.of(), 1, BigDecimal.ZERO), ApiKey.of("key-of-single"))
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
		this.gateway.close();
	}

	@Test
	void aBodyThatPausesIsRefusedAndHoldsNoBuffersMeanwhile() throws IOException {
		provider.always(Outcome.answer("Hi"));
		assertThat(RawResponse.ask(this.gateway, "auto", "Hi").status()).isEqualTo(200);
		long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
		for (int number = 0; number < CONNECTIONS; number++) {
			begin("key-of-slow", 2 * MEGABYTE, MEGABYTE);
		}
		assertThat(RawResponse.ask(this.gateway, "auto", "Hi").status()).isEqualTo(200);
		assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before)
			.isLessThan(CONNECTIONS * MEGABYTE / 2);
		for (Socket socket : this.sockets) {
			assertThat(status(socket)).isEqualTo(408);
		}
	}

	@Test
	void aBodyThatTricklesIsRefused() throws IOException {
		Socket socket = begin("key-of-slow", 100_000, 10);
		Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(20)).until(() -> {
			socket.getOutputStream().write(' ');
			return socket.getInputStream().available() > 0;
		});
		assertThat(status(socket)).isEqualTo(408);
	}

	@Test
	void aClientsLimitIsAskedBeforeItsBodyIsRead() throws IOException {
		begin("key-of-single", 1000, 10);
		Awaitility.await()
			.during(Duration.ofMillis(200))
			.until(() -> RawResponse.post(this.gateway, "not even JSON", "Authorization", "Bearer key-of-single")
				.status() == 429);
		assertThat(this.sockets).allSatisfy((socket) -> assertThat(status(socket)).isEqualTo(408));
		awaitPlace();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 500 })
	void aClientThatLeavesItsBodyUnfinishedGivesItsPlaceBack(int bytes) throws IOException {
		Socket socket = begin("key-of-single", 1000, bytes);
		Awaitility.await()
			.until(() -> RawResponse.post(this.gateway, "not even JSON", "Authorization", "Bearer key-of-single")
				.status() == 429);
		socket.close();
		awaitPlace();
	}

	@Test
	void aClientThatAsksFirstSendsNothingForNothing() throws IOException {
		Socket socket = open();
		socket.getOutputStream()
			.write(("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer key-of-slow\r\n"
					+ "Expect: 100-continue\r\nContent-Length: " + 100 * MEGABYTE + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		assertThat(status(socket)).isEqualTo(413);
	}

	@Test
	void aBodyThatIsTooLargeIsRefusedAlthoughItNeverEnds() throws IOException {
		assertThat(status(begin("key-of-slow", 1024 * MEGABYTE, MEGABYTE))).isEqualTo(413);
	}

	private void awaitPlace() {
		provider.always(Outcome.answer("Hi"));
		Awaitility.await()
			.until(() -> RawResponse
				.post(this.gateway, "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}",
						"Authorization", "Bearer key-of-single")
				.status() == 200);
	}

	/** Sends a part of a body. */
	private Socket begin(String key, int length, int sent) throws IOException {
		Socket socket = open();
		OutputStream out = socket.getOutputStream();
		out.write(("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
				+ "\r\nContent-Length: " + length + "\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII));
		byte[] blanks = " ".repeat(sent).getBytes(StandardCharsets.US_ASCII);
		out.write(blanks);
		out.flush();
		return socket;
	}

	private Socket open() throws IOException {
		Socket socket = new Socket("127.0.0.1", this.gateway.port());
		socket.setSoTimeout(30_000);
		this.sockets.add(socket);
		return socket;
	}

	private static int status(Socket socket) throws IOException {
		byte[] line = socket.getInputStream().readNBytes(12);
		assertThat(line).as("the connection has ended").hasSize(12);
		return Integer.parseInt(new String(line, StandardCharsets.US_ASCII).substring(9));
	}

}
