// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.Credentials;
import io.github.fallbackai.client.CredentialsProvider;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.netty.NettyWire;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.ReplaySafety;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of whose key {@link HttpEndpointClient} sends, and what it does when it is
 * refused.
 */
class CredentialsTests {

	private final NettyWire wire = NettyWire.builder().build();

	@AfterEach
	void closeWire() {
		this.wire.close();
	}

	@Test
	void sendsTheKeyThatTheProviderResolvesForEachAttempt() {
		try (RawServer server = accepting("")) {
			AtomicReference<String> key = new AtomicReference<>("sk-one");
			EndpointClient client = client((endpoint, request) -> Mono.fromSupplier(() -> own(key.get())));
			ClientFixture.answer(client, ClientFixture.endpoint(server.uri()).build());
			key.set("sk-two");
			ClientFixture.answer(client, ClientFixture.endpoint(server.uri()).build());
			assertThat(ClientFixture.keys(server)).containsExactly("sk-one", "sk-two");
		}
	}

	@Test
	void usesTheConfiguredKeyWhereTheProviderHasNone() {
		try (RawServer server = accepting("")) {
			ClientFixture.answer(client((endpoint, request) -> Mono.empty()),
					ClientFixture.endpoint(server.uri()).build());
			assertThat(ClientFixture.keys(server)).containsExactly("sk-secret");
		}
	}

	@Test
	void asksOnceMoreWithTheKeyThatReplacedTheRefusedOne() {
		try (RawServer server = accepting("sk-new")) {
			Rotating provider = new Rotating("sk-old", "sk-new");
			List<EndpointEvent> events = ClientFixture.answer(client(provider),
					ClientFixture.endpoint(server.uri()).build());
			assertThat(events).filteredOn(EndpointEvent.Accepted.class::isInstance).hasSize(1);
			assertThat(ClientFixture.keys(server)).containsExactly("sk-old", "sk-new");
			assertThat(provider.invalidated).containsExactly(own("sk-old"));
		}
	}

	@Test
	void asksNotAThirdTime() {
		try (RawServer server = accepting("sk-never")) {
			Rotating provider = new Rotating("sk-1", "sk-2", "sk-3");
			Failure failure = ClientFixture.failure(client(provider), ClientFixture.endpoint(server.uri()).build());
			assertThat(failure.kind()).isEqualTo(FailureKind.AUTHENTICATION);
			assertThat(failure.account()).isNull();
			assertThat(ClientFixture.keys(server)).containsExactly("sk-1", "sk-2");
		}
	}

	@Test
	void doesNotSendTheRefusedKeyAgain() {
		try (RawServer server = accepting("sk-never")) {
			assertThat(ClientFixture
				.failure(client((endpoint, request) -> Mono.empty()), ClientFixture.endpoint(server.uri()).build())
				.kind()).isEqualTo(FailureKind.AUTHENTICATION);
			assertThat(ClientFixture.keys(server)).containsExactly("sk-secret");
		}
	}

	@Test
	void readsTheKeyFileAgainWhenItsKeyIsRefused(@TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("key"), "sk-old");
		try (RawServer server = RawServer.start((peer) -> {
			while (true) {
				if (peer.readRequest().contains("sk-old")) {
					Files.writeString(file, "sk-new");
					ClientFixture.respondWithError(peer, 401, "invalid_api_key", "");
				}
				else {
					ClientFixture.respondWithAnswer(peer);
				}
			}
		})) {
			Endpoint endpoint = ClientFixture.endpoint(server.uri()).apiKey(null).apiKeyFile(file).build();
			ClientFixture.answer(HttpEndpointClient.of(new OpenAiDialect(), this.wire), endpoint);
			assertThat(ClientFixture.keys(server)).containsExactly("sk-old", "sk-new");
		}
	}

	@Test
	void aMissingKeyFileIsALocalFailureAndSendsNothing(@TempDir Path directory) {
		try (RawServer server = accepting("")) {
			Endpoint endpoint = ClientFixture.endpoint(server.uri())
				.apiKey(null)
				.apiKeyFile(directory.resolve("none"))
				.build();
			Failure failure = ClientFixture.failure(HttpEndpointClient.of(new OpenAiDialect(), this.wire), endpoint);
			assertThat(failure.kind()).isEqualTo(FailureKind.LOCAL);
			assertThat(failure.replaySafety()).isEqualTo(ReplaySafety.NOT_PROCESSED);
			assertThat(server.peers()).isEmpty();
		}
	}

	@Test
	void aProviderThatFailsOrThrowsIsALocalFailure() {
		Endpoint endpoint = ClientFixture.endpoint(URI.create("http://127.0.0.1:1")).build();
		IllegalStateException cause = new IllegalStateException("no token");
		CredentialsProvider throwing = (where, request) -> {
			throw cause;
		};
		for (CredentialsProvider provider : List.<CredentialsProvider>of((where, request) -> Mono.error(cause),
				throwing)) {
			Failure failure = ClientFixture.failure(client(provider), endpoint);
			assertThat(failure.kind()).isEqualTo(FailureKind.LOCAL);
			assertThat(failure.cause()).isSameAs(cause);
		}
	}

	@Test
	void aResolvedKeyIsNotSentInTheClearEither() {
		Endpoint endpoint = Endpoint.named("a").model("m").url(URI.create("http://llm.invalid")).build();
		Failure failure = ClientFixture.failure(client((where, request) -> Mono.just(own("sk-1"))), endpoint);
		assertThat(failure.kind()).isEqualTo(FailureKind.LOCAL);
		assertThat(failure.cause()).hasMessageContaining("plain HTTP");
	}

	@ParameterizedTest
	@CsvSource({ "401, AUTHENTICATION", "402, QUOTA_EXHAUSTED", "403, PERMISSION_DENIED", "429, RATE_LIMITED" })
	void anAccountThatWasRefusedCoolsDownWhileOthersAreServed(int status, FailureKind kind) {
		try (RawServer server = RawServer.start((peer) -> {
			while (true) {
				if (peer.readRequest().contains("sk-bad")) {
					ClientFixture.respondWithError(peer, status, "", "");
				}
				else {
					ClientFixture.respondWithAnswer(peer);
				}
			}
		})) {
			AtomicReference<Credentials> caller = new AtomicReference<>(new Credentials(ApiKey.of("sk-bad"), "bad"));
			EndpointClient client = HttpEndpointClient.builder(new OpenAiDialect(), this.wire)
				.credentials((endpoint, request) -> Mono.fromSupplier(caller::get))
				.build();
			Endpoint endpoint = ClientFixture.endpoint(server.uri()).build();
			Failure first = ClientFixture.failure(client, endpoint);
			assertThat(first.kind()).isEqualTo(kind);
			assertThat(first.account()).isEqualTo("bad");
			assertThat(first.toString()).doesNotContain("bad");
			Failure second = ClientFixture.failure(client, endpoint);
			assertThat(second.kind()).isEqualTo(kind);
			assertThat(second.account()).isEqualTo("bad");
			assertThat(second.replaySafety()).isEqualTo(ReplaySafety.NOT_PROCESSED);
			assertThat(second.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(5));
			assertThat(ClientFixture.keys(server)).containsExactly("sk-bad");
			caller.set(new Credentials(ApiKey.of("sk-good"), "good"));
			ClientFixture.answer(client, endpoint);
			caller.set(new Credentials(ApiKey.of("sk-renewed"), "bad"));
			ClientFixture.answer(client, endpoint);
		}
	}

	@Test
	void otherFailuresOfACallersAccountDoNotMakeItCoolDown() {
		try (RawServer server = RawServer.start((peer) -> {
			while (true) {
				peer.readRequest();
				ClientFixture.respondWithError(peer, 500, "", "");
			}
		})) {
			EndpointClient client = client(
					(endpoint, request) -> Mono.just(new Credentials(ApiKey.of("sk-1"), "tenant")));
			Endpoint endpoint = ClientFixture.endpoint(server.uri()).build();
			assertThat(ClientFixture.failure(client, endpoint).kind()).isEqualTo(FailureKind.SERVER_ERROR);
			assertThat(ClientFixture.failure(client, endpoint).kind()).isEqualTo(FailureKind.SERVER_ERROR);
			assertThat(ClientFixture.keys(server)).hasSize(2);
		}
	}

	@Test
	void onlyTheEndpointsOwnAccountSteersSoftly() {
		try (RawServer server = RawServer.start((peer) -> {
			while (true) {
				peer.readRequest();
				peer.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nx-request-id: r-1\r\n"
						+ "x-ratelimit-remaining-requests: 0\r\nx-ratelimit-reset-requests: 12s\r\n"
						+ "Transfer-Encoding: chunked\r\n\r\n")
					.chunk("data: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\n")
					.endChunks();
			}
		})) {
			Endpoint endpoint = ClientFixture.endpoint(server.uri()).build();
			assertThat(ClientFixture.answer(client((where, request) -> Mono.empty()), endpoint))
				.startsWith(new EndpointEvent.Accepted(200, "r-1", Duration.ofSeconds(12)));
			assertThat(ClientFixture
				.answer(client((where, request) -> Mono.just(new Credentials(ApiKey.of("sk-1"), "tenant"))), endpoint))
				.startsWith(new EndpointEvent.Accepted(200, "r-1", null));
		}
	}

	private EndpointClient client(CredentialsProvider provider) {
		return HttpEndpointClient.builder(new OpenAiDialect(), this.wire).credentials(provider).build();
	}

	private static Credentials own(String key) {
		return Credentials.of(ApiKey.of(key));
	}

	/** A server that accepts requests with the given word in their head. */
	private static RawServer accepting(String word) {
		return RawServer.start((peer) -> {
			while (true) {
				if (peer.readRequest().contains(word)) {
					ClientFixture.respondWithAnswer(peer);
				}
				else {
					ClientFixture.respondWithError(peer, 401, "invalid_api_key", "");
				}
			}
		});
	}

	/** Goes on to the next key whenever one is refused. */
	private static final class Rotating implements CredentialsProvider {

		private final List<String> keys;

		private final List<Credentials> invalidated = new CopyOnWriteArrayList<>();

		private Rotating(String... keys) {
			this.keys = List.of(keys);
		}

		@Override
		public Mono<Credentials> resolve(Endpoint endpoint, ChatRequest request) {
			return Mono.fromSupplier(() -> own(this.keys.get(this.invalidated.size())));
		}

		@Override
		public void invalidate(Endpoint endpoint, Credentials credentials) {
			this.invalidated.add(credentials);
		}

	}

}
