// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.fallbackai.client.http.netty.PooledWire;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.client.http.wire.ResponseLimits;
import io.github.fallbackai.failure.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of errors whose body never ends, or is larger than anything a provider says.
 */
public abstract class ErrorBodyLimitContract {

	private final Supplier<? extends PooledWire.Builder<?>> builder;

	private final PooledWire<?> wire;

	private final HttpEndpointClient client;

	protected ErrorBodyLimitContract(Supplier<? extends PooledWire.Builder<?>> builder) {
		this.builder = builder;
		this.wire = builder.get().limits(new ResponseLimits(9000, 900, 900)).build();
		this.client = HttpEndpointClient.of(new OpenAiDialect(), this.wire);
	}

	@AfterEach
	void closeWire() {
		this.wire.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{\"err", ": ping\n\n" })
	void anErrorWhoseBodyHangsIsWhatItsHeadSays(String body) throws Exception {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 429 No\r\nRetry-After: 60\r\nContent-Length: 100\r\n\r\n" + body).awaitHangUp();
		})) {
			Failure failure = ClientFixture.failure(this.client, ClientFixture.endpoint(server.uri()).build());
			assertThat(failure).hasToString("RATE_LIMITED, HTTP 429");
			assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(60));
			assertThat(server.peers().get(0).hungUpWithin(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void whatCameOfABodyThatHangsCounts() {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 429 No\r\nContent-Length: 100\r\n\r\n{\"error\":{\"code\":\"insufficient_quota\"}}")
				.awaitHangUp();
		})) {
			assertThat(ClientFixture.failure(this.client, ClientFixture.endpoint(server.uri()).build()))
				.hasToString("QUOTA_EXHAUSTED, HTTP 429, insufficient_quota");
		}
	}

	@Test
	void whatCameOfABodyThatBreaksCounts() {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 429 No\r\nContent-Length: 100\r\n\r\n{\"error\":{\"code\":\"insufficient_quota\"}}")
				.close();
		})) {
			assertThat(ClientFixture.failure(this.client, ClientFixture.endpoint(server.uri()).build()))
				.hasToString("QUOTA_EXHAUSTED, HTTP 429, insufficient_quota");
		}
	}

	@Test
	void anErrorWhoseBodyIsTooLargeIsWhatItsHeadSays() throws Exception {
		try (RawServer server = RawServer.start((peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 500 Oops\r\nContent-Length: 901\r\n\r\n" + "x".repeat(901)).awaitHangUp();
		})) {
			assertThat(ClientFixture.failure(this.client, ClientFixture.endpoint(server.uri()).build()))
				.hasToString("SERVER_ERROR, HTTP 500");
			assertThat(server.peers().get(0).hungUpWithin(30, TimeUnit.SECONDS)).isTrue();
		}
	}

}
