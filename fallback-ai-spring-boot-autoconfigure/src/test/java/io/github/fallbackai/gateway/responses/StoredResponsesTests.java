// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import com.openai.errors.NotFoundException;
import com.openai.models.responses.ResponseCreateParams;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.gateway.ClientDirectory;
import io.github.fallbackai.gateway.GatewayClient;
import io.github.fallbackai.gateway.GatewayServer;
import io.github.fallbackai.gateway.GatewaySettings;
import io.github.fallbackai.gateway.RawResponse;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is stored, for how long, and for which client.
 */
class StoredResponsesTests {

	private static final String OTHER_KEY = "key-of-the-other-client";

	@RegisterExtension
	static final ProviderSimulatorExtension provider = ProviderSimulatorExtension.forEndpoint("primary");

	/** May overflow. */
	private long now = Long.MAX_VALUE - 1;

	@Test
	void belongToOneClient() {
		provider.always(Outcome.answer("Secret."));
		ClientDirectory clients = ClientDirectory.builder()
			.client(client("web"), ApiKey.of(GatewayServer.KEY))
			.client(client("other"), ApiKey.of(OTHER_KEY))
			.build();
		try (GatewayServer gateway = GatewayServer.with(CallSettings.DEFAULTS, GatewaySettings.DEFAULTS, clients,
				new Chain(Chain.DEFAULT, List.of(ResponsesFixture.endpoint(provider, "openai"))))) {
			String id = gateway.client()
				.responses()
				.create(ResponseCreateParams.builder().model("auto").input("Hi").build())
				.id();
			assertThatExceptionOfType(NotFoundException.class)
				.isThrownBy(() -> gateway.client(OTHER_KEY).responses().retrieve(id));
			assertThatExceptionOfType(NotFoundException.class)
				.isThrownBy(() -> gateway.client(OTHER_KEY).responses().delete(id));
			RawResponse goesOn = ResponsesFixture.post(gateway, goOn(id), "Authorization", "Bearer " + OTHER_KEY);
			assertThat(goesOn.error("code")).isEqualTo("previous_response_not_found");
			assertThat(gateway.client().responses().retrieve(id).id()).isEqualTo(id);
		}
	}

	@Test
	void areNotKeptIfTheClientDoesNotWantThat() {
		provider.always(Outcome.answer("Secret."));
		try (GatewayServer gateway = GatewayServer.before(ResponsesFixture.endpoint(provider, "openai"))) {
			RawResponse response = ResponsesFixture.post(gateway,
					"{\"model\":\"auto\",\"input\":\"Hi\",\"store\":false}");
			assertThat(response.json().path("store").booleanValue()).isFalse();
			assertThat(ResponsesFixture.post(gateway, goOn(response.json().path("id").textValue())).error("code"))
				.isEqualTo("previous_response_not_found");
		}
	}

	@Test
	void areSaidNotToBeKeptIfNoneIs() {
		provider.always(Outcome.answer("Secret."));
		GatewaySettings settings = GatewaySettings.DEFAULTS.withResponses(ResponsesSettings.DEFAULTS.withMaxStored(0));
		try (GatewayServer gateway = GatewayServer.with(CallSettings.DEFAULTS, settings,
				ResponsesFixture.endpoint(provider, "openai"))) {
			RawResponse response = ResponsesFixture.post(gateway, "{\"model\":\"auto\",\"input\":\"Hi\"}");
			assertThat(response.json().path("store").isBoolean()).isTrue();
			assertThat(response.json().path("store").booleanValue()).isFalse();
		}
	}

	/** The type of a reference may be left out. */
	@ParameterizedTest
	@ValueSource(strings = { "{\"type\":\"item_reference\",\"id\":", "{\"type\":null,\"id\":", "{\"id\":" })
	void lendTheirItems(String reference) {
		provider.next(Outcome.answer(Answer.text("Oslo is in Norway.").withReasoning("Easy.")));
		provider.next(Outcome.answer("700,000."));
		try (GatewayServer gateway = GatewayServer.before(ResponsesFixture.endpoint(provider, "anthropic"))) {
			RawResponse first = ResponsesFixture.post(gateway, "{\"model\":\"auto\",\"input\":\"Where is Oslo?\"}");
			StringBuilder input = new StringBuilder("{\"role\":\"user\",\"content\":\"Where is Oslo?\"}");
			first.json()
				.path("output")
				.forEach((item) -> input.append(',').append(reference).append(item.path("id")).append('}'));
			input.append(",{\"role\":\"user\",\"content\":\"How many people?\"}");
			assertThat(ResponsesFixture.post(gateway, "{\"model\":\"auto\",\"input\":[" + input + "]}").status())
				.isEqualTo(200);
		}
		assertThat(provider.requests().get(1).body().toString()).contains("Oslo is in Norway.", "Easy.", "signature");
	}

	@Test
	void goWhenTheyAreTooOld() {
		InstanceMemory memory = memory(10, 1 << 20);
		memory.keep("a", response("resp_1", 10));
		this.now += Duration.ofMinutes(59).toNanos();
		memory.keep("a", response("resp_2", 10));
		assertThat(memory.find("a", "resp_1").block()).isNotNull();
		this.now += Duration.ofMinutes(2).toNanos();
		assertThat(memory.find("a", "resp_1").block()).isNull();
		assertThat(memory.find("a", "resp_2").block()).isNotNull();
	}

	@Test
	void goWhenThereAreTooMany() {
		InstanceMemory memory = memory(2, 1 << 20);
		memory.keep("a", response("resp_1", 10));
		memory.keep("a", response("resp_2", 10));
		memory.keep("b", response("resp_3", 10));
		assertThat(memory.find("a", "resp_1").block()).isNull();
		assertThat(memory.find("a", "resp_2").block()).isNotNull();
		assertThat(memory.find("b", "resp_3").block()).isNotNull();
		assertThat(memory.find("a", "resp_3").block()).isNull();
	}

	@Test
	void goWhenTheyAreTooLarge() {
		InstanceMemory memory = memory(1000, 100_000);
		memory.keep("a", response("resp_1", 40_000));
		memory.keep("a", response("resp_2", 40_000));
		assertThat(memory.find("a", "resp_1").block()).isNotNull();
		memory.keep("a", response("resp_3", 40_000));
		assertThat(memory.find("a", "resp_1").block()).isNull();
		memory.remove("a", "resp_3").block();
		memory.keep("a", response("resp_4", 40_000));
		assertThat(memory.find("a", "resp_2").block()).isNotNull();
		memory.keep("a", response("resp_5", 200_000));
		assertThat(memory.find("a", "resp_5").block()).isNull();
	}

	/** What a call goes on from takes memory like the request itself. */
	@Test
	void countAsMemoryOfTheCallsThatGoOnFromThem() {
		InstanceMemory memory = memory(10, 1 << 20);
		memory.keep("a", new StoredResponse("resp_1",
				"{\"data\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(10_000) + "\"}]}", "{\"output\":[]}"));
		ResponsesFace face = new ResponsesFace(ResponsesSettings.DEFAULTS, Set.of(), memory);
		assertThat(recalled(face, goOn("resp_1"))).isGreaterThan(20_000);
		assertThat(recalled(face, "{\"model\":\"auto\",\"input\":\"Hi\"}")).isZero();
	}

	@Test
	void countAsMemoryOfTheCallsThatReferToTheirItems() {
		InstanceMemory memory = memory(10, 1 << 20);
		String hex = "0".repeat(40);
		memory.keep("a",
				new StoredResponse("resp_" + hex, "{\"data\":[]}",
						"{\"output\":[{\"id\":\"msg_" + hex
								+ "0000\",\"type\":\"message\",\"role\":\"assistant\",\"content\":"
								+ "[{\"type\":\"output_text\",\"text\":\"" + "x".repeat(10_000) + "\"}]}]}"));
		ResponsesFace face = new ResponsesFace(ResponsesSettings.DEFAULTS, Set.of(), memory);
		assertThat(recalled(face,
				"{\"model\":\"auto\",\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_" + hex + "0000\"}]}"))
			.isGreaterThan(20_000);
	}

	/** The thread of a connection serves other clients, too. */
	@ParameterizedTest
	@CsvSource({ "1000, false", "100000, true" })
	void areReadOnThreadsOfTheirOwnIfTheyAreLarge(int characters, boolean elsewhere) {
		InstanceMemory memory = memory(10, 1 << 20);
		memory.keep("a", new StoredResponse("resp_1",
				"{\"data\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(characters) + "\"}]}", "{\"output\":[]}"));
		ResponsesFace face = new ResponsesFace(ResponsesSettings.DEFAULTS, Set.of(), memory);
		AtomicReference<Thread> thread = new AtomicReference<>();
		face.decode(new ByteArrayInputStream(goOn("resp_1").getBytes()), new HttpHeaders(), "a")
			.doOnNext((call) -> thread.set(Thread.currentThread()))
			.block();
		assertThat(thread.get() != Thread.currentThread()).isEqualTo(elsewhere);
	}

	/** All that a request refers to has to come within one limit. */
	@Test
	void areWaitedForNoLongerIfThereAreMany() {
		ResponseStore slow = new ResponseStore() {

			@Override
			public Mono<Void> put(String owner, String id, String text) {
				return Mono.empty();
			}

			@Override
			public Mono<String> get(String owner, String id) {
				return Mono.delay(Duration.ofMillis(1900))
					.thenReturn("{\"input\":\"{}\",\"body\":\"{\\\"output\\\":[]}\"}");
			}

			@Override
			public Mono<String> remove(String owner, String id) {
				return Mono.empty();
			}

		};
		StringBuilder input = new StringBuilder();
		for (int index = 0; index < 20; index++) {
			input.append(index > 0 ? "," : "")
				.append("{\"type\":\"item_reference\",\"id\":\"msg_%040x0000\"}".formatted(index));
		}
		StepVerifier
			.withVirtualTime(() -> Recollection.of(GatewayJson.read(("{\"input\":[" + input + "]}").getBytes()), "a",
					new SharedMemory(slow, Duration.ofSeconds(2)), (known) -> known))
			.thenAwait(Duration.ofSeconds(2))
			.expectErrorMatches(
					(error) -> error instanceof RejectedRequestException rejected && rejected.error().status() == 503)
			.verify(Duration.ofMinutes(1));
	}

	private static long recalled(ResponsesFace face, String request) {
		return face.decode(new ByteArrayInputStream(request.getBytes()), new HttpHeaders(), "a")
			.block()
			.recalledBytes();
	}

	private InstanceMemory memory(int most, int bytes) {
		return new InstanceMemory(new ResponsesSettings(HostedTools.REJECT, most, bytes, Duration.ofHours(1)),
				() -> this.now);
	}

	private static StoredResponse response(String id, int bytes) {
		return new StoredResponse(id, "{}", "x".repeat(bytes / 2));
	}

	private static String goOn(String id) {
		return "{\"model\":\"auto\",\"input\":\"And?\",\"previous_response_id\":\"" + id + "\"}";
	}

	private static GatewayClient client(String name) {
		return new GatewayClient(name, Set.of(), 0, BigDecimal.ZERO);
	}

}
