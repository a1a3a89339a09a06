// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import brave.Tracing;
import brave.context.slf4j.MDCScopeDecorator;
import brave.handler.SpanHandler;
import brave.propagation.ThreadLocalCurrentTraceContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.http.HttpEndpointClient;
import io.github.fallbackai.client.http.netty.NettyWire;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.client.http.wire.Wire;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.LoggingCallListener;
import io.github.fallbackai.suite.FailoverLog;
import io.github.fallbackai.suite.Patience;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.wire.webclient.WebClientWire;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.brave.bridge.BraveBaggageManager;
import io.micrometer.tracing.brave.bridge.BraveCurrentTraceContext;
import io.micrometer.tracing.brave.bridge.BravePropagator;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.slf4j.MDC;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A trace goes from the caller through every attempt to the providers, and into the log.
 */
@ResourceLock("io.github.fallbackai.failover")
class TracedCallsTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@RegisterExtension
	final FailoverLog log = new FailoverLog();

	private final Tracing tracing = Tracing.newBuilder()
		.currentTraceContext(
				ThreadLocalCurrentTraceContext.newBuilder().addScopeDecorator(MDCScopeDecorator.get()).build())
		.addSpanHandler(new SpanHandler() {
		})
		.build();

	private final Tracer tracer = new BraveTracer(this.tracing.tracer(),
			new BraveCurrentTraceContext(this.tracing.currentTraceContext()), new BraveBaggageManager());

	private final ObservationRegistry registry = ObservationRegistry.create();

	@BeforeEach
	void listen() {
		this.registry.observationConfig()
			.observationHandler(new FirstMatchingCompositeObservationHandler(
					new PropagatingSenderTracingObservationHandler<>(this.tracer, new BravePropagator(this.tracing)),
					new DefaultTracingObservationHandler(this.tracer)));
	}

	@AfterEach
	void leave() {
		this.tracing.close();
	}

	@Test
	void everyAttemptIsLoggedWithTraceAndCallAndIsPartOfTheCallersTrace() {
		try (NettyWire wire = NettyWire.builder()
			.listener(new ObservingExchangeListener(this.registry, null, new DefaultExchangeObservationConvention()))
			.build()) {
			assertTraced(wire);
		}
	}

	@Test
	void theSameOverWebClient() {
		try (WebClientWire wire = WebClientWire.builder()
			.webClient(WebClient.builder().observationRegistry(this.registry))
			.build()) {
			assertTraced(wire);
		}
	}

	private void assertTraced(Wire wire) {
		primary.always(Outcome.status(500));
		Observation caller = Observation.start("caller", this.registry);
		caller.scoped(() -> MDC.put("expected", MDC.get("traceId")));
		String trace = MDC.get("expected");
		try (AiFallbackTemplate template = template(wire)) {
			template.chat("Hello")
				.contextWrite((context) -> context.put("micrometer.observation", caller))
				.block(PATIENCE);
		}
		finally {
			MDC.remove("expected");
			caller.stop();
		}
		assertThat(trace).isNotBlank();
		List<ILoggingEvent> attempts = this.log.lines()
			.stream()
			.filter((line) -> line.getFormattedMessage().startsWith("Attempt "))
			.toList();
		assertThat(attempts).hasSize(2)
			.allSatisfy((line) -> assertThat(line.getMDCPropertyMap()).containsEntry("traceId", trace));
		assertThat(attempts).extracting((line) -> line.getMDCPropertyMap().get("spanId")).doesNotHaveDuplicates();
		assertThat(attempts).extracting((line) -> line.getFormattedMessage().replaceAll(".* of call (\\w+) .*", "$1"))
			.allMatch((call) -> call.matches("[0-9a-f]{16}"))
			.containsOnly(attempts.get(0).getFormattedMessage().replaceAll(".* of call (\\w+) .*", "$1"));
		assertThat(this.log.lines())
			.allSatisfy((line) -> assertThat(line.getMDCPropertyMap()).containsEntry("traceId", trace));
		assertThat(primary.requests().get(0).header("X-B3-TraceId")).contains(trace);
		assertThat(backup.requests().get(0).header("X-B3-TraceId")).contains(trace);
		assertThat(backup.requests().get(0).header("X-B3-ParentSpanId"))
			.contains(attempts.get(1).getMDCPropertyMap().get("spanId"));
	}

	private AiFallbackTemplate template(Wire wire) {
		EndpointClient client = HttpEndpointClient.builder(new OpenAiDialect(), wire).build();
		return AiFallbackTemplate.builder()
			.endpoint(endpoint("primary", primary))
			.endpoint(endpoint("backup", backup))
			.clients((endpoint) -> client)
			.listeners(List.of(new ObservingCallListener(this.registry, null, null), new LoggingCallListener()))
			.build();
	}

	private static Endpoint endpoint(String name, ProviderSimulatorExtension simulator) {
		return Endpoint.named(name)
			.url(URI.create(simulator.url()))
			.model("model-of-" + name)
			.limits(Patience.LIMITS)
			.build();
	}

}
