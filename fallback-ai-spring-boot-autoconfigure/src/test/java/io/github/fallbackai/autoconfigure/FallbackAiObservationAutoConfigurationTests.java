// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.event.CallInfo;
import io.github.fallbackai.event.CallListener;
import io.github.fallbackai.observation.AttemptObservationConvention;
import io.github.fallbackai.observation.CallObservationContext;
import io.github.fallbackai.observation.DefaultAttemptObservationConvention;
import io.github.fallbackai.observation.GenAiMeterObservationHandler;
import io.github.fallbackai.observation.MeteringCallListener;
import io.github.fallbackai.observation.ObservingCallListener;
import io.github.fallbackai.observation.StandardMeterObservationHandler;
import io.github.fallbackai.observation.StatusMeters;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class FallbackAiObservationAutoConfigurationTests {

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	private final ApplicationContextRunner withoutMicrometerBeans = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FallbackAiAutoConfiguration.class,
				FallbackAiActuatorAutoConfiguration.class, FallbackAiObservationAutoConfiguration.class))
		.withPropertyValues("fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[0].api-key=sk-secret-1", "fallback.ai.endpoints[1].name=backup",
				"fallback.ai.endpoints[1].model=small");

	private final ApplicationContextRunner runner = this.withoutMicrometerBeans
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, ObservationAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class);

	@Test
	void countsAndObservesCalls() {
		this.runner.withPropertyValues(primary.properties()).run((context) -> {
			assertThat(context.getBean(AiFallbackTemplate.class).chat("Hello").block()).isNotNull();
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("fallback.ai.calls").tag("outcome", "succeeded").counter().count()).isEqualTo(1);
			assertThat(meters.get("fallback.ai.call").tag("endpoint", "primary").timer().count()).isEqualTo(1);
			assertThat(meters.get("gen_ai.client.operation.duration").timer().count()).isEqualTo(1);
			assertThat(meters.get("gen_ai.client.token.usage").summaries()).isNotEmpty();
			assertThat(meters.get("fallback.ai.active").tag("endpoint", "primary").gauge().value()).isEqualTo(1);
			assertThat(meters.get("fallback.ai.active").tag("endpoint", "backup").gauge().value()).isZero();
			assertThat(meters.get("fallback.ai.endpoint.available").tag("endpoint", "backup").gauge().value())
				.isEqualTo(1);
			assertThat(meters.get("fallback.ai.state.store.reachable").tag("type", "memory").gauge().value())
				.isEqualTo(1);
			assertThat(meters.get("fallback.ai.listener.dropped").functionCounter().count()).isZero();
		});
	}

	@Test
	void worksWithoutMicrometer() {
		this.withoutMicrometerBeans.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.withPropertyValues(primary.properties())
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(AiFallbackTemplate.class).chat("Hello").block()).isNotNull();
			});
	}

	@Test
	void backsOffWithoutRegistriesAndWithoutEndpoints() {
		this.withoutMicrometerBeans.run((context) -> assertThat(context).doesNotHaveBean(MeteringCallListener.class)
			.doesNotHaveBean(ObservingCallListener.class)
			.hasSingleBean(AiFallbackTemplate.class));
		this.runner.withPropertyValues("fallback.ai.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(MeteringCallListener.class)
				.doesNotHaveBean(StatusMeters.class)
				.doesNotHaveBean(CallListener.class));
	}

	@Test
	void takesTheApplicationsParts() {
		MeteringCallListener metering = new MeteringCallListener(new SimpleMeterRegistry());
		ObservingCallListener observing = new ObservingCallListener(ObservationRegistry.NOOP, null, null);
		this.runner.withBean("metering", MeteringCallListener.class, () -> metering)
			.withBean("observing", ObservingCallListener.class, () -> observing)
			.run((context) -> {
				assertThat(context.getBean(MeteringCallListener.class)).isSameAs(metering);
				assertThat(context.getBean(ObservingCallListener.class)).isSameAs(observing);
				assertThat(context).hasSingleBean(GenAiMeterObservationHandler.class);
			});
	}

	@Test
	void namesAttemptsByTheApplicationsConvention() {
		AttemptObservationConvention convention = new DefaultAttemptObservationConvention() {

			@Override
			public String getName() {
				return "our.attempts";
			}

		};
		this.runner.withPropertyValues(primary.properties())
			.withBean(AttemptObservationConvention.class, () -> convention)
			.run((context) -> {
				assertThat(context.getBean(AiFallbackTemplate.class).chat("Hello").block()).isNotNull();
				assertThat(context.getBean(MeterRegistry.class).get("our.attempts").timer().count()).isEqualTo(1);
			});
	}

	@Test
	void measuresObservationsInThePlaceOfTheDefaultHandler() {
		this.runner.withPropertyValues(primary.properties()).run((context) -> {
			assertThat(measures(context)).isTrue();
			ObservationRegistry registry = context.getBean(ObservationRegistry.class);
			Observation.start("fallback.ai.call", FallbackAiObservationAutoConfigurationTests::call, registry).stop();
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("fallback.ai.call").timer().count()).isEqualTo(1);
			assertThat(meters.get("fallback.ai.call.active").longTaskTimer().activeTasks()).isZero();
		});
	}

	@Test
	void leavesMetersOfObservationsToTheApplicationsHandler() {
		List<Observation.Context> seen = new CopyOnWriteArrayList<>();
		MeterObservationHandler<Observation.Context> own = new MeterObservationHandler<>() {

			@Override
			public void onStop(Observation.Context context) {
				seen.add(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		};
		this.runner.withPropertyValues(primary.properties())
			.withBean("own", MeterObservationHandler.class, () -> own)
			.run((context) -> {
				assertThat(measures(context)).isFalse();
				assertThat(context.getBean(AiFallbackTemplate.class).chat("Hello").block()).isNotNull();
				assertThat(seen).hasSizeGreaterThanOrEqualTo(3);
				assertThat(context.getBean(MeterRegistry.class).find("fallback.ai.call").timer()).isNull();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.observations.long-task-timer.enabled=false",
			"management.metrics.observations.ignored-meters=long-task-timer" })
	void hasNoMetersOfWhatIsUnderWayIfTheApplicationWantsNone(String property) {
		this.runner.withPropertyValues(primary.properties()).withPropertyValues(property).run((context) -> {
			assertThat(context.getBean(AiFallbackTemplate.class).chat("Hello").block()).isNotNull();
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("fallback.ai.call").timer().count()).isEqualTo(1);
			assertThat(meters.find("fallback.ai.call.active").meters()).isEmpty();
		});
	}

	private static boolean measures(ApplicationContext context) {
		return context.getBean(StandardMeterObservationHandler.class).supportsContext(call());
	}

	private static CallObservationContext call() {
		return new CallObservationContext(new CallInfo("1", "default", null));
	}

}
