// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The three providers of the demo, which the endpoints in {@code application-demo.yml}
 * use.
 */
public final class SimulatedProviders implements AutoCloseable {

	private static final List<String> NAMES = List.of("premium", "budget", "last-resort");

	private final List<SimulatedProvider> providers;

	/**
	 * Starts the providers.
	 * @param speed how fast they talk, 1 for a pace that people can follow
	 * @param firstPort port of the first of them, the others follow; 0 for free ones
	 */
	SimulatedProviders(double speed, int firstPort) {
		this.providers = List.of(
				new SimulatedProvider(NAMES.get(0), port(firstPort, 0), millis(150 / speed), millis(25 / speed)),
				new SimulatedProvider(NAMES.get(1), port(firstPort, 1), millis(250 / speed), millis(40 / speed)),
				new SimulatedProvider(NAMES.get(2), port(firstPort, 2), millis(400 / speed), millis(60 / speed)));
	}

	private static int port(int first, int index) {
		return (first == 0) ? 0 : first + index;
	}

	/**
	 * The URLs of another instance's simulators, by name.
	 * @param firstPort port of the first of them
	 */
	static Map<String, String> urlsOfOthers(int firstPort) {
		return NAMES.stream()
			.collect(Collectors.toMap(Function.identity(),
					(name) -> "http://127.0.0.1:" + port(firstPort, NAMES.indexOf(name)) + "/v1"));
	}

	private static Duration millis(double millis) {
		return Duration.ofMillis(Math.round(millis));
	}

	/** The provider of this name. */
	public Optional<SimulatedProvider> find(String name) {
		return this.providers.stream().filter((provider) -> provider.name().equals(name)).findFirst();
	}

	String names() {
		return this.providers.stream().map(SimulatedProvider::name).collect(Collectors.joining(", "));
	}

	/** Where they are, by name. */
	Map<String, String> urls() {
		return this.providers.stream().collect(Collectors.toMap(SimulatedProvider::name, SimulatedProvider::url));
	}

	@Override
	public void close() {
		this.providers.forEach(SimulatedProvider::close);
	}

}
