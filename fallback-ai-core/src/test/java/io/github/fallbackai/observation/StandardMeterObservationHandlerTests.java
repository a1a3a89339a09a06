// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.wire.ExchangeObserver;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.CallInfo;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

class StandardMeterObservationHandlerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final MeterRegistry ours = new SimpleMeterRegistry();

	private final MeterRegistry micrometers = new SimpleMeterRegistry();

	private final ObservationRegistry observations = ObservationRegistry.create();

	StandardMeterObservationHandlerTests() {
		this.observations.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(this.micrometers))
			.observationHandler(new StandardMeterObservationHandler(this.ours, true, true));
	}

	@Test
	void callsAndAttemptsHaveTheMetersOfTheDefaultHandler() {
		AtomicInteger underWay = new AtomicInteger();
		EndpointClient broken = (request) -> Flux
			.error(new EndpointException(Failure.of(FailureKind.OVERLOADED).build()));
		EndpointClient sound = (request) -> Flux.defer(() -> {
			underWay.addAndGet(active(this.ours, "fallback.ai.call.active"));
			return Flux.just(new EndpointEvent.Identified("id", "model"), new EndpointEvent.Text("Hi"),
					new EndpointEvent.Finished(FinishReason.STOP, null));
		});
		try (AiFallbackTemplate template = AiFallbackTemplate.builder()
			.endpoint(endpoint("first"))
			.endpoint(endpoint("second"))
			.clients((endpoint) -> endpoint.name().equals("first") ? broken : sound)
			.listeners(List.of(new ObservingCallListener(this.observations, null, null)))
			.build()) {
			template.chat("Hello").block(PATIENCE);
			template.chat("Hello").block(PATIENCE);
		}
		assertThat(underWay).hasValue(2);
		assertThat(active(this.ours, "fallback.ai.call.active")).isZero();
		assertThat(counts(this.ours)).isEqualTo(counts(this.micrometers))
			.hasSizeGreaterThan(3)
			.anySatisfy((meter, count) -> assertThat(meter).startsWith("gen_ai.client.operation.duration")
				.contains("error=AttemptFailedException"));
		assertThat(this.ours.get("fallback.ai.call").timer().totalTime(TimeUnit.NANOSECONDS)).isPositive();
	}

	@Test
	void exchangesAndTheirEventsHaveTheMetersOfTheDefaultHandler() {
		ObservingExchangeListener exchanges = new ObservingExchangeListener(this.observations, null,
				new DefaultExchangeObservationConvention());
		WireRequest request = new WireRequest(URI.create("http://one.example/v1"), Map.of(), new byte[0],
				Duration.ofSeconds(1));
		start(exchanges, request).answered(new ResponseHead(200, Map.of()));
		start(exchanges, request).answered(new ResponseHead(503, Map.of()));
		start(exchanges, request).failed(new EndpointException(
				Failure.of(FailureKind.CONNECT_FAILED).cause(new ConnectException("refused")).build()));
		start(exchanges, request).cancelled();
		Observation observation = Observation
			.start("exchange", () -> new ExchangeObservationContext(request.uri()), this.observations)
			.event(Observation.Event.of("retry"));
		observation.stop();
		assertThat(counts(this.ours)).isEqualTo(counts(this.micrometers)).hasSizeGreaterThan(6);
	}

	@Test
	void leavesOutWhatIsUnderWayIfThatIsNotWanted() {
		MeterRegistry meters = new SimpleMeterRegistry();
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new StandardMeterObservationHandler(meters, true, false));
		Observation.start("call", () -> new CallObservationContext(new CallInfo("1", "default", null)), registry)
			.stop();
		assertThat(meters.getMeters()).singleElement().isInstanceOf(Timer.class);
	}

	@Test
	void leavesOtherObservationsToOthers() {
		StandardMeterObservationHandler handler = new StandardMeterObservationHandler(this.ours, true, true);
		assertThat(handler.supportsContext(new Observation.Context())).isFalse();
		StandardMeterObservationHandler aside = new StandardMeterObservationHandler(this.ours, false, true);
		assertThat(aside.supportsContext(new CallObservationContext(new CallInfo("1", "default", null)))).isFalse();
	}

	private static ExchangeObserver start(ObservingExchangeListener exchanges, WireRequest request) {
		ExchangeObserver observer = exchanges.started(request, Context.empty());
		assertThat(observer).isNotNull();
		return observer;
	}

	private static Endpoint endpoint(String name) {
		return Endpoint.named(name).url(URI.create("http://" + name + ".example")).model("model-of-" + name).build();
	}

	private static int active(MeterRegistry meters, String name) {
		return meters.get(name).longTaskTimers().stream().mapToInt(LongTaskTimer::activeTasks).sum();
	}

	/** How often each meter measured something, by name, kind and tags. */
	private static Map<String, Double> counts(MeterRegistry meters) {
		Map<String, Double> counts = new TreeMap<>();
		for (Meter meter : meters.getMeters()) {
			StringBuilder name = new StringBuilder(meter.getId().getName()).append(' ').append(meter.getId().getType());
			meter.getId()
				.getTags()
				.forEach((tag) -> name.append(' ').append(tag.getKey()).append('=').append(tag.getValue()));
			counts.put(name.toString(),
					meter.match((gauge) -> -1.0, Counter::count, (timer) -> (double) timer.count(), (summary) -> -1.0,
							(active) -> (double) active.activeTasks(), (gauge) -> -1.0, (counter) -> -1.0,
							(timer) -> -1.0, (other) -> -1.0));
		}
		return counts;
	}

}
