// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.fallbackai.client.Credentials;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.netty.NettyWire;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of which of its keys an endpoint is asked with.
 */
class SpareKeysTests {

	private static final Pattern KEY = Pattern.compile("sk-[\\w]+");

	private final NettyWire wire = NettyWire.builder().build();

	private final AtomicLong nanos = new AtomicLong();

	/** How the server answers a key; it accepts any other. */
	private final Map<String, Answer> answers = new ConcurrentHashMap<>();

	/** The keys of all requests, in order. */
	private final List<String> keys = new CopyOnWriteArrayList<>();

	private final RawServer server = RawServer.start((peer) -> {
		while (true) {
			String request = peer.readRequest();
			this.keys.add(KEY.matcher(request).results().findFirst().orElseThrow().group());
			Answer answer = this.answers.entrySet()
				.stream()
				.filter((entry) -> request.contains(entry.getKey()))
				.map(Map.Entry::getValue)
				.findFirst()
				.orElse(Answer.ACCEPTED);
			peer.write(answer.text());
		}
	});

	@AfterEach
	void close() {
		this.server.close();
		this.wire.close();
	}

	@ParameterizedTest
	@CsvSource({ "401, 60", "402, 300", "403, 300", "429, 5" })
	void asksAtOnceWithTheNextKeyAndComesBackToTheFirstWhenItHasRested(int status, int rest) {
		this.answers.put("sk-1", Answer.error(status));
		EndpointClient client = client();
		Endpoint endpoint = endpoint("sk-2", "sk-3");
		ClientFixture.answer(client, endpoint);
		ClientFixture.answer(client, endpoint);
		assertThat(this.keys).containsExactly("sk-1", "sk-2", "sk-2");
		this.answers.clear();
		pass(Duration.ofSeconds(rest).minusMillis(1));
		ClientFixture.answer(client, endpoint);
		pass(Duration.ofMillis(1));
		ClientFixture.answer(client, endpoint);
		assertThat(this.keys).endsWith("sk-2", "sk-1");
	}

	@Test
	void failsWhenEachKeyWasRefusedAndTellsWhenTheFirstOfThemCanBeUsed() {
		this.answers.put("sk-1", Answer.limited(20));
		this.answers.put("sk-2", Answer.error(402));
		Failure failure = ClientFixture.failure(client(), endpoint("sk-2"));
		assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
		assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(20));
		assertThat(failure.account()).isNull();
		assertThat(this.keys).containsExactly("sk-1", "sk-2");
	}

	@Test
	void asksWithTheKeyThatRestsNoLongerFirstIfAllRest() {
		this.answers.put("sk-1", Answer.limited(30));
		this.answers.put("sk-2", Answer.limited(20));
		EndpointClient client = client();
		ClientFixture.failure(client, endpoint("sk-2"));
		this.answers.clear();
		ClientFixture.answer(client, endpoint("sk-2"));
		assertThat(this.keys).containsExactly("sk-1", "sk-2", "sk-2");
	}

	@Test
	void noKeyIsSentTwiceEvenIfTheProviderAsksForNoPause() {
		Stream.of("sk-1", "sk-2", "sk-3").forEach((key) -> this.answers.put(key, Answer.limited(0)));
		assertThat(ClientFixture.failure(client(), endpoint("sk-2", "sk-3")).kind())
			.isEqualTo(FailureKind.RATE_LIMITED);
		assertThat(this.keys).hasSizeBetween(1, 3);
	}

	@Test
	void aFailureOfTheProviderConcernsAllKeys() {
		this.answers.put("sk-1", Answer.error(500));
		EndpointClient client = client();
		assertThat(ClientFixture.failure(client, endpoint("sk-2")).kind()).isEqualTo(FailureKind.SERVER_ERROR);
		assertThat(ClientFixture.failure(client, endpoint("sk-2")).kind()).isEqualTo(FailureKind.SERVER_ERROR);
		assertThat(this.keys).containsExactly("sk-1", "sk-1");
	}

	@Test
	void aKeyThatUsedUpItsLimitRestsWhileTheEndpointDoesNot() {
		this.answers.put("sk-", Answer.USED_UP);
		EndpointClient client = client();
		assertThat(ClientFixture.answer(client, endpoint("sk-2"))).first()
			.isEqualTo(new EndpointEvent.Accepted(200, null));
		assertThat(ClientFixture.answer(client, endpoint("sk-2"))).first()
			.isEqualTo(new EndpointEvent.Accepted(200, null, Duration.ofSeconds(12)));
		assertThat(this.keys).containsExactly("sk-1", "sk-2");
	}

	@Test
	void aCallersOwnKeyHasNoSpares() {
		this.answers.put("sk-caller", Answer.error(429));
		EndpointClient client = HttpEndpointClient.builder(new OpenAiDialect(), this.wire)
			.credentials((endpoint, request) -> Mono.just(new Credentials(ApiKey.of("sk-caller"), "caller")))
			.build();
		assertThat(ClientFixture.failure(client, endpoint("sk-2")).account()).isEqualTo("caller");
		assertThat(this.keys).containsExactly("sk-caller");
	}

	private EndpointClient client() {
		return HttpEndpointClient.builder(new OpenAiDialect(), this.wire).clock(this.nanos::get).build();
	}

	private Endpoint endpoint(String... spare) {
		return ClientFixture.endpoint(this.server.uri())
			.apiKey(ApiKey.of("sk-1"))
			.spareApiKeys(Stream.of(spare).map(ApiKey::of).toList())
			.build();
	}

	private void pass(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

	/**
	 * What the server writes.
	 *
	 * @param text a whole response
	 */
	private record Answer(String text) {

		static final Answer ACCEPTED = accepted("");

		static final Answer USED_UP = accepted(
				"x-ratelimit-remaining-requests: 0\r\nx-ratelimit-reset-requests: 12s\r\n");

		private static Answer accepted(String headers) {
			String body = "data: {\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\n"
					+ "data: [DONE]\n\n";
			return new Answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + headers + "Content-Length: "
					+ body.length() + "\r\n\r\n" + body);
		}

		static Answer error(int status) {
			String body = "{\"error\":{\"message\":\"no\"}}";
			return new Answer("HTTP/1.1 " + status + " Error\r\nContent-Type: application/json\r\nContent-Length: "
					+ body.length() + "\r\n\r\n" + body);
		}

		static Answer limited(int seconds) {
			return new Answer("HTTP/1.1 429 Error\r\nRetry-After: " + seconds + "\r\nContent-Length: 0\r\n\r\n");
		}

	}

}
