// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.List;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.client.http.wire.Wire;
import io.github.fallbackai.observation.ConnectionMeters;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.Mockito;
import reactor.core.Disposable;

import org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionMetersTests {

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(FallbackAiAutoConfiguration.class, FallbackAiObservationAutoConfiguration.class,
						MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues("fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[1].name=twin", "fallback.ai.endpoints[1].model=large",
				"fallback.ai.overrides.twin.url=" + primary.url(), "fallback.ai.endpoints[2].name=far",
				"fallback.ai.endpoints[2].model=other", "fallback.ai.endpoints[2].url=https://llm.example.com/v1")
		.withPropertyValues(primary.properties());

	@Test
	void showHowManyRequestsWaitForAConnectionToEachHost() {
		primary.always(Outcome.healthy().hangBeforeFirstToken());
		this.runner
			.withPropertyValues("fallback.ai.transport.max-connections-per-host=1",
					"fallback.ai.transport.pending-acquire-timeout=30s")
			.run((context) -> {
				AiFallbackTemplate template = context.getBean(AiFallbackTemplate.class);
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(meters.get("fallback.ai.connections.pending").gauges()).hasSize(2);
				Gauge near = meters.get("fallback.ai.connections.pending")
					.tag("host", primary.url().replaceAll("^http://([^/]+).*", "$1"))
					.gauge();
				assertThat(near.value()).isZero();
				Disposable first = template.streamText("Hello").subscribe();
				Awaitility.await().until(() -> primary.requestCount() == 1);
				List<Disposable> others = List.of(template.streamText("Hello").subscribe(),
						template.streamText("Hello").subscribe());
				Awaitility.await().until(() -> near.value() == 2);
				assertThat(meters.get("fallback.ai.connections.pending").tag("host", "llm.example.com").gauge().value())
					.isZero();
				others.forEach(Disposable::dispose);
				first.dispose();
				Awaitility.await().until(() -> near.value() == 0);
			});
	}

	@Test
	void areAbsentWhereTheApplicationBringsItsOwnWire() {
		this.runner.withBean("own", Wire.class, () -> Mockito.mock())
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ConnectionMeters.class));
	}

}
