// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A {@link ProviderSimulator} that JUnit starts and closes: started before the first test
 * of the class, {@linkplain #reset() reset} before each test, closed after the last one.
 *
 * <pre class="code">
 * &#64;RegisterExtension
 * static ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");
 * </pre>
 *
 * The application context of a Spring Boot test finds such static fields of its test
 * class, of its superclasses and of the classes around it, and gets the property
 * {@code fallback.ai.overrides.<endpoint>.url} for each. In a field that is not static
 * the simulator lives as long as a test, and no context knows it.
 */
public final class ProviderSimulatorExtension extends ProviderSimulator
		implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

	private @Nullable String owner;

	private ProviderSimulatorExtension(SimulatorOptions options) {
		super(options);
	}

	/**
	 * Creates a simulator on a free port that stands for an endpoint.
	 * @param endpoint the endpoint's name in {@code fallback.ai.endpoints}
	 * @return the simulator
	 */
	public static ProviderSimulatorExtension forEndpoint(String endpoint) {
		return create(SimulatorOptions.forEndpoint(endpoint));
	}

	/**
	 * Creates a simulator on a free port.
	 * @return the simulator
	 */
	public static ProviderSimulatorExtension create() {
		return create(SimulatorOptions.defaults());
	}

	/**
	 * Creates a simulator.
	 * @param options name, port, signature, memory
	 * @return the simulator
	 */
	public static ProviderSimulatorExtension create(SimulatorOptions options) {
		return new ProviderSimulatorExtension(options);
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		// Nested classes call again: only the outermost one may close the simulator.
		if (this.owner == null) {
			this.owner = context.getUniqueId();
		}
		start();
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		start();
		reset();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		if (this.owner == null) {
			close();
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (context.getUniqueId().equals(this.owner)) {
			this.owner = null;
			close();
		}
	}

}
