// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Usage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * However many use cases callers make up, and models providers, there are few series.
 */
class BoundedTagsTests {

	private static final int CALLS = 300;

	private static final int MOST_VALUES = 102;

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final ObservationRegistry observations = ObservationRegistry.create();

	@Test
	void useCasesAndModelsThatNobodyKnowsMakeFewSeries() {
		this.observations.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(this.meters))
			.observationHandler(new GenAiMeterObservationHandler(this.meters));
		AtomicInteger models = new AtomicInteger();
		EndpointClient client = (request) -> Flux.just(
				new EndpointEvent.Identified("id", "model-" + models.incrementAndGet()), new EndpointEvent.Text("Hi"),
				new EndpointEvent.Finished(FinishReason.STOP, null),
				new EndpointEvent.UsageReported(new Usage(1, 1, null, null)));
		try (AiFallbackTemplate template = AiFallbackTemplate.builder()
			.endpoint(Endpoint.named("only").url(URI.create("http://only.example")).model("large").build())
			.clients((endpoint) -> client)
			.listeners(List.of(new ObservingCallListener(this.observations, null, null),
					new MeteringCallListener(this.meters)))
			.build()) {
			for (int call = 0; call < CALLS; call++) {
				ChatOptions options = ChatOptions.builder().useCase("use-case-" + call).build();
				template.chat(ChatRequest.builder().user("Hello").options(options).build())
					.block(Duration.ofSeconds(30));
			}
		}
		assertThat(values("fallback.ai.calls", "use_case")).contains("use-case-0", "other")
			.hasSizeLessThan(MOST_VALUES);
		assertThat(values("fallback.ai.call", "use_case")).contains("use-case-0", "other").hasSizeLessThan(MOST_VALUES);
		assertThat(values("gen_ai.client.operation.duration", "gen_ai.response.model")).contains("model-1", "other")
			.hasSizeLessThan(MOST_VALUES);
		assertThat(this.meters.getMeters()).hasSizeLessThan(10 * MOST_VALUES);
		assertThat(this.meters.find("fallback.ai.calls").counters().stream().mapToDouble((call) -> call.count()).sum())
			.isEqualTo(CALLS);
	}

	private Set<String> values(String name, String tag) {
		return this.meters.find(name)
			.meters()
			.stream()
			.map((meter) -> meter.getId().getTag(tag))
			.collect(Collectors.toSet());
	}

}
