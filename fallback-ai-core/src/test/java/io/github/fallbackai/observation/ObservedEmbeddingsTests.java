// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.embedding.EmbeddingRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.CallOperation;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * OpenTelemetry's conventions for GenAI clients have an operation of its own for requests
 * for vectors, with tokens of the texts and no others.
 */
class ObservedEmbeddingsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String OPERATION = "gen_ai.operation.name";

	private final ProviderSimulator first = ProviderSimulator.create();

	private final ProviderSimulator second = ProviderSimulator.create();

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final List<FailoverEvent> events = new CopyOnWriteArrayList<>();

	@BeforeEach
	void measure() {
		this.registry.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(this.meters))
			.observationHandler(new GenAiMeterObservationHandler(this.meters));
	}

	@AfterEach
	void close() {
		this.first.close();
		this.second.close();
	}

	@Test
	void attemptsForVectorsAreEmbeddings() {
		this.first.always(Outcome.status(503));
		try (AiFallbackTemplate ai = template()) {
			ai.embed(EmbeddingRequest.of("one", "two")).block(PATIENCE);
		}
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsWithNameEqualTo("gen_ai.client.operation.duration", 2)
			.hasAnObservation((observation) -> observation.hasContextualNameEqualTo("embeddings small")
				.hasLowCardinalityKeyValue(OPERATION, "embeddings")
				.hasLowCardinalityKeyValue("endpoint", "a")
				.hasLowCardinalityKeyValue("error.type", "overloaded"))
			.hasAnObservation((observation) -> observation.hasContextualNameEqualTo("embeddings small")
				.hasLowCardinalityKeyValue(OPERATION, "embeddings")
				.hasLowCardinalityKeyValue("endpoint", "b")
				.hasHighCardinalityKeyValueWithKey("gen_ai.usage.input_tokens")
				.doesNotHaveHighCardinalityKeyValueWithKey("gen_ai.usage.output_tokens"));
		assertThat(this.events).isNotEmpty()
			.allSatisfy((event) -> assertThat(((FailoverEvent.OfCall) event).call().operation())
				.isEqualTo(CallOperation.EMBEDDINGS));
	}

	@Test
	void metersOfVectorsAreEmbeddingsWithTokensOfTheTexts() {
		try (AiFallbackTemplate ai = template()) {
			ai.embed(EmbeddingRequest.of("one", "two")).block(PATIENCE);
		}
		assertThat(operations("gen_ai.client.operation.duration")).containsExactly("embeddings");
		assertThat(operations("gen_ai.client.token.usage")).containsExactly("embeddings");
		assertThat(this.meters.get("gen_ai.client.token.usage").tag("gen_ai.token.type", "input").summary().count())
			.isEqualTo(1);
		assertThat(operations("gen_ai.client.operation.time_to_first_chunk")).isEmpty();
	}

	@Test
	void attemptsForAnAnswerAreChats() {
		try (AiFallbackTemplate ai = template()) {
			ai.chat("Hi").block(PATIENCE);
			ai.embed(EmbeddingRequest.of("one")).block(PATIENCE);
		}
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasAnObservation((observation) -> observation.hasContextualNameEqualTo("chat small")
				.hasLowCardinalityKeyValue(OPERATION, "chat")
				.hasHighCardinalityKeyValueWithKey("gen_ai.usage.output_tokens"));
		assertThat(operations("gen_ai.client.operation.duration")).containsExactlyInAnyOrder("chat", "embeddings");
		assertThat(operations("gen_ai.client.token.usage")).containsExactlyInAnyOrder("chat", "chat", "embeddings");
		assertThat(operations("gen_ai.client.operation.time_to_first_chunk")).containsExactly("chat");
	}

	private List<String> operations(String meter) {
		return this.meters.find(meter).meters().stream().map((one) -> one.getId().getTag(OPERATION)).toList();
	}

	private AiFallbackTemplate template() {
		ImmediateCallListener listener = this.events::add;
		return AiFallbackTemplate.builder()
			.endpoint(endpoint("a", this.first))
			.endpoint(endpoint("b", this.second))
			.listeners(List.of(new ObservingCallListener(this.registry, null, null), listener))
			.build();
	}

	private static Endpoint endpoint(String name, ProviderSimulator provider) {
		return Endpoint.named(name).provider("openai").url(URI.create(provider.url())).model("small").build();
	}

}
