// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.CallListener;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Usage;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

class ObservedCallsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String PROMPT = "a prompt that nobody else may see";

	private static final String ANSWER = "an answer that nobody else may see";

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private final List<Observation> requests = new CopyOnWriteArrayList<>();

	private final List<String> logged = new ArrayList<>();

	@Test
	void observesACallWithItsAttemptsAsChildren() {
		try (AiFallbackTemplate template = template(observing(this.registry), "openai", "openai")) {
			template.chat(PROMPT).block(PATIENCE);
		}
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsWithNameEqualTo("fallback.ai.call", 1)
			.hasNumberOfObservationsWithNameEqualTo("gen_ai.client.operation.duration", 2)
			.hasObservationWithNameEqualTo("fallback.ai.call")
			.that()
			.hasContextualNameEqualTo("fallback default")
			.hasLowCardinalityKeyValue("chain", "default")
			.hasLowCardinalityKeyValue("endpoint", "second")
			.hasLowCardinalityKeyValue("outcome", "succeeded")
			.hasLowCardinalityKeyValue("degraded", "true")
			.hasLowCardinalityKeyValue("use_case", "none")
			.hasHighCardinalityKeyValue("fallback.ai.attempts", "2")
			.hasBeenStopped()
			.doesNotHaveError();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasAnObservation((observation) -> observation.hasNameEqualTo("gen_ai.client.operation.duration")
				.hasContextualNameEqualTo("chat model-of-first")
				.hasLowCardinalityKeyValue("endpoint", "first")
				.hasLowCardinalityKeyValue("error.type", "overloaded")
				.hasLowCardinalityKeyValue("gen_ai.response.model", "model-of-first")
				.hasHighCardinalityKeyValue("http.response.status_code", "503")
				.hasHighCardinalityKeyValue("server.address", "first.example")
				.hasError())
			.hasAnObservation((observation) -> observation.hasNameEqualTo("gen_ai.client.operation.duration")
				.hasLowCardinalityKeyValue("gen_ai.operation.name", "chat")
				.hasLowCardinalityKeyValue("gen_ai.provider.name", "openai")
				.hasLowCardinalityKeyValue("gen_ai.request.model", "model-of-second")
				.hasLowCardinalityKeyValue("gen_ai.response.model", "answering-model")
				.hasLowCardinalityKeyValue("error.type", "none")
				.hasHighCardinalityKeyValue("gen_ai.usage.output_tokens", "7")
				.doesNotHaveError());
	}

	@Test
	void takesTheCallersObservationAndGivesTheRequestItsAttempts() {
		Observation caller = Observation.start("caller", this.registry);
		try (AiFallbackTemplate template = template(observing(this.registry), "openai", "openai")) {
			template.chat(PROMPT)
				.contextWrite((context) -> context.put("micrometer.observation", caller))
				.block(PATIENCE);
			caller.scoped(() -> template.chat(PROMPT).block(PATIENCE));
		}
		assertThat(this.requests).hasSize(4)
			.extracting((observation) -> observation.getContext().getParentObservation().getContextView())
			.allSatisfy((call) -> {
				assertThat(call).isInstanceOf(CallObservationContext.class);
				assertThat(call.getParentObservation().getContextView()).isSameAs(caller.getContext());
			});
		assertThat(this.requests.get(0).getContext()).isInstanceOfSatisfying(AttemptObservationContext.class,
				(attempt) -> assertThat(attempt.getNumber()).isEqualTo(1));
	}

	@Test
	void tellsListenersWithinTheObservationThatTheEventBelongsTo() {
		ImmediateCallListener logging = (event) -> this.logged.add(event.getClass().getSimpleName() + " within "
				+ this.registry.getCurrentObservation().getContext().getClass().getSimpleName());
		try (AiFallbackTemplate template = template(List.of(observing(this.registry).get(0), logging), "openai",
				"openai")) {
			template.chat(PROMPT).block(PATIENCE);
		}
		assertThat(this.logged).containsExactly("AttemptEnded within AttemptObservationContext",
				"Switched within CallObservationContext", "AttemptEnded within AttemptObservationContext",
				"CallEnded within CallObservationContext");
		assertThat(this.registry.getCurrentObservation()).isNull();
	}

	@Test
	void leavesDelegatedAttemptsToTheLibraryThatCarriesThemOut() {
		MeterRegistry meters = measure();
		try (AiFallbackTemplate template = template(observing(this.registry), "openai", "spring-ai")) {
			template.chat(PROMPT).block(PATIENCE);
		}
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsWithNameEqualTo("gen_ai.client.operation.duration", 1)
			.hasNumberOfObservationsWithNameEqualTo("fallback.ai.attempt", 1);
		assertThat(meters.find("gen_ai.client.token.usage").meters()).isEmpty();
		assertThat(meters.get("gen_ai.client.operation.duration").timer().count()).isEqualTo(1);
	}

	@Test
	void measuresTokensAndTheTimeToTheFirstChunk() {
		MeterRegistry meters = measure();
		try (AiFallbackTemplate template = template(observing(this.registry), "openai", "openai")) {
			template.chat(PROMPT).block(PATIENCE);
		}
		assertThat(meters.get("gen_ai.client.token.usage").tag("gen_ai.token.type", "input").summary().totalAmount())
			.isEqualTo(3);
		assertThat(meters.get("gen_ai.client.token.usage")
			.tag("gen_ai.token.type", "output")
			.tag("gen_ai.response.model", "answering-model")
			.summary()
			.totalAmount()).isEqualTo(7);
		assertThat(meters.get("gen_ai.client.operation.time_to_first_chunk").tag("endpoint", "second").timer().count())
			.isEqualTo(1);
	}

	@Test
	void showsNothingOfPromptAndAnswer() {
		List<KeyValue> values = new ArrayList<>();
		this.registry.observationConfig().observationHandler(new Collecting(values));
		try (AiFallbackTemplate template = template(observing(this.registry), "openai", "openai")) {
			template.chat(PROMPT).block(PATIENCE);
		}
		assertThat(values).hasSizeGreaterThan(20)
			.noneSatisfy((value) -> assertThat(value.getValue()).containsAnyOf("nobody else", "sk-"));
	}

	@Test
	void usesTheApplicationsConventions() {
		CallObservationConvention call = new DefaultCallObservationConvention() {

			@Override
			public String getName() {
				return "our.calls";
			}

		};
		List<CallListener> listeners = List.of(new ObservingCallListener(this.registry, call, null));
		try (AiFallbackTemplate template = template(listeners, "openai", "openai")) {
			template.chat(PROMPT).block(PATIENCE);
		}
		TestObservationRegistryAssert.assertThat(this.registry).hasNumberOfObservationsWithNameEqualTo("our.calls", 1);
	}

	@Test
	void costsNothingWithoutHandlers() {
		ObservationRegistry nobody = ObservationRegistry.create();
		try (AiFallbackTemplate template = template(observing(nobody), "openai", "openai")) {
			template.chat(PROMPT).block(PATIENCE);
		}
		assertThat(this.requests).isEmpty();
	}

	@Test
	void aBrokenHandlerHarmsNoCall() {
		this.registry.observationConfig().observationHandler(new Broken());
		List<FailoverEvent> events = new CopyOnWriteArrayList<>();
		ImmediateCallListener listener = events::add;
		try (AiFallbackTemplate template = template(List.of(observing(this.registry).get(0), listener), "openai",
				"openai")) {
			assertThat(template.chat(PROMPT).block(PATIENCE).text()).isEqualTo(ANSWER);
		}
		assertThat(events).hasSize(4);
		assertThat(this.registry.getCurrentObservationScope()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "start", "error" })
	void aHandlerThatFailsLeavesNoObservationOpen(String when) {
		AtomicInteger open = new AtomicInteger();
		this.registry.observationConfig().observationHandler(new FailingHandler(open, null));
		this.registry.observationConfig().observationHandler(new FailingHandler(new AtomicInteger(), when));
		try (AiFallbackTemplate template = template(observing(this.registry), "openai", "openai")) {
			assertThat(template.chat(PROMPT).block(PATIENCE).text()).isEqualTo(ANSWER);
		}
		assertThat(open).hasValue(0);
	}

	@Test
	void aHandlerThatFailsAtTheEndKeepsNoLaterOneFromIt() {
		AtomicInteger open = new AtomicInteger();
		this.registry.observationConfig().observationHandler(new FailingHandler(new AtomicInteger(), "stop"));
		this.registry.observationConfig().observationHandler(new FailingHandler(open, null));
		try (AiFallbackTemplate template = template(observing(this.registry), "openai", "openai")) {
			assertThat(template.chat(PROMPT).block(PATIENCE).text()).isEqualTo(ANSWER);
			assertThat(template.chat(PROMPT).block(PATIENCE).text()).isEqualTo(ANSWER);
		}
		assertThat(open).hasValue(0);
		assertThat(this.registry.getCurrentObservationScope()).isNull();
	}

	@Test
	void conventionsThatFailAreReplacedByTheStandard() {
		AtomicInteger open = new AtomicInteger();
		this.registry.observationConfig().observationHandler(new FailingHandler(open, null));
		List<CallListener> listeners = List
			.of(new ObservingCallListener(this.registry, new FailingCalls(), new FailingAttempts()));
		try (AiFallbackTemplate template = template(listeners, "openai", "openai")) {
			assertThat(template.chat(PROMPT).block(PATIENCE).text()).isEqualTo(ANSWER);
		}
		assertThat(open).hasValue(0);
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("our.calls")
			.that()
			.hasLowCardinalityKeyValue("outcome", "succeeded");
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsWithNameEqualTo("gen_ai.client.operation.duration", 2);
	}

	private MeterRegistry measure() {
		MeterRegistry meters = new SimpleMeterRegistry();
		this.registry.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(meters))
			.observationHandler(new GenAiMeterObservationHandler(meters));
		return meters;
	}

	private static List<CallListener> observing(ObservationRegistry registry) {
		return List.of(new ObservingCallListener(registry, null, null));
	}

	private AiFallbackTemplate template(List<CallListener> listeners, String first, String second) {
		Function<Endpoint, EndpointClient> clients = (endpoint) -> (request) -> Flux.deferContextual((context) -> {
			context.<Observation>getOrEmpty("micrometer.observation").ifPresent(this.requests::add);
			return endpoint.name().equals("first")
					? Flux.error(new EndpointException(Failure.of(FailureKind.OVERLOADED)
						.httpStatus(503)
						.providerMessage(PROMPT)
						.cause(new IllegalStateException(PROMPT))
						.build()))
					: Flux.just(new EndpointEvent.Identified("id", "answering-model"), new EndpointEvent.Text(ANSWER),
							new EndpointEvent.Finished(FinishReason.STOP, null),
							new EndpointEvent.UsageReported(new Usage(3, 7, null, null)));
		});
		return AiFallbackTemplate.builder()
			.endpoint(endpoint("first", first))
			.endpoint(endpoint("second", second))
			.clients(clients)
			.listeners(listeners)
			.build();
	}

	private static Endpoint endpoint(String name, String provider) {
		return Endpoint.named(name)
			.provider(provider)
			.url(URI.create("http://" + name + ".example"))
			.model("model-of-" + name)
			.build();
	}

	private record Collecting(List<KeyValue> values) implements ObservationHandler<Observation.Context> {

		@Override
		public void onStop(Observation.Context context) {
			context.getAllKeyValues().forEach(this.values::add);
			if (context.getError() != null) {
				this.values.add(KeyValue.of("error", String.valueOf(context.getError())));
				this.values.add(KeyValue.of("cause", String.valueOf(context.getError().getCause())));
			}
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	private static final class Broken implements ObservationHandler<Observation.Context> {

		@Override
		public void onScopeOpened(Observation.Context context) {
			throw new IllegalStateException("broken handler");
		}

		@Override
		public void onStop(Observation.Context context) {
			throw new IllegalStateException("broken handler");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	private static final class FailingCalls extends DefaultCallObservationConvention {

		@Override
		public String getName() {
			return "our.calls";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(CallObservationContext context) {
			throw new IllegalStateException("broken convention");
		}

	}

	private static final class FailingAttempts extends DefaultAttemptObservationConvention {

		@Override
		public String getName() {
			throw new IllegalStateException("broken convention");
		}

		@Override
		public String getContextualName(AttemptObservationContext context) {
			throw new IllegalStateException("broken convention");
		}

		@Override
		public KeyValues getHighCardinalityKeyValues(AttemptObservationContext context) {
			throw new IllegalStateException("broken convention");
		}

	}

}
