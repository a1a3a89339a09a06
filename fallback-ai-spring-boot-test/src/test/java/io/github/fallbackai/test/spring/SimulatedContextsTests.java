// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.spring;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.ProviderSimulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Which test classes share an application context, and how long its simulators live.
 */
class SimulatedContextsTests {

	@Test
	void areSharedByClassesWithTheSameEndpoints() {
		assertThat(customizer(One.class)).isEqualTo(customizer(SameInAnotherOrder.class))
			.hasSameHashCodeAs(customizer(SameInAnotherOrder.class))
			.isEqualTo(customizer(Derived.class))
			.isNotEqualTo(customizer(Other.class))
			.isNotEqualTo(customizer(WithTime.class));
		assertThat(customizer(Object.class)).isNull();
	}

	@Test
	void closeTheirSimulators() {
		GenericApplicationContext context = context();
		customizer(WithTime.class).customizeContext(context, configuration());
		context.refresh();
		Simulators simulators = Simulators.of(context);
		ProviderSimulator primary = simulators.get("primary");
		int port = primary.port();
		assertThat(context.getEnvironment().getProperty("fallback.ai.overrides.primary.url"))
			.isEqualTo("http://127.0.0.1:" + port + "/v1");

		context.close();

		assertThatIllegalStateException().isThrownBy(() -> simulators.time().advance(Duration.ofSeconds(1)));
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
	}

	@Test
	void sayWhichEndpointsThereAreIfANameIsWrong() {
		assertThatIllegalStateException()
			.isThrownBy(() -> customizer(Misspelt.class).customizeContext(context(), configuration()))
			.withMessage("@SimulatedEndpoints: 'primray' (expected: names in fallback.ai.endpoints, which are"
					+ " primary, backup)");
	}

	@Test
	void refuseTwoSimulatorsOfOneEndpoint() {
		assertThatIllegalStateException()
			.isThrownBy(() -> customizer(Twice.class).customizeContext(context(), configuration()))
			.withMessageContaining("'primary', which has a ProviderSimulatorExtension too");
	}

	@Test
	void haveNoSimulatorsWithoutTheAnnotation() {
		GenericApplicationContext context = context();
		context.refresh();
		assertThatIllegalStateException().isThrownBy(() -> Simulators.of(context))
			.withMessageContaining("@SimulatedEndpoints");
		context.close();
	}

	private static ContextCustomizer customizer(Class<?> testClass) {
		return new SimulatorContextCustomizerFactory().createContextCustomizer(testClass, List.of());
	}

	private static MergedContextConfiguration configuration() {
		return new MergedContextConfiguration(One.class, null, null, null, null);
	}

	private static GenericApplicationContext context() {
		GenericApplicationContext context = new GenericApplicationContext();
		context.getEnvironment()
			.getPropertySources()
			.addLast(new MapPropertySource("application.yml",
					Map.of("fallback.ai.endpoints[0].name", "primary", "fallback.ai.endpoints[1].name", "backup")));
		return context;
	}

	@SimulatedEndpoints({ "primary", "backup" })
	static class One {

	}

	@SimulatedEndpoints({ "backup", "primary" })
	static class SameInAnotherOrder {

	}

	static class Derived extends One {

	}

	@SimulatedEndpoints("primary")
	static class Other {

	}

	@SimulatedEndpoints(value = { "primary", "backup" }, virtualTime = true)
	static class WithTime {

	}

	@SimulatedEndpoints("primray")
	static class Misspelt {

	}

	@SimulatedEndpoints("primary")
	static class Twice {

		@RegisterExtension
		static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	}

}
