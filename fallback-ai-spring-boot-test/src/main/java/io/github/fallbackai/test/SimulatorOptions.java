// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The options of a {@link ProviderSimulator}, fixed when it is created.
 *
 * @param endpoint the name of the endpoint the simulator stands for, empty for none
 * @param port the port on 127.0.0.1, 0 for a free one (the default)
 * @param signature closes every answer, so that two simulators can be told apart; empty
 * (the default) for none, then equal requests get equal answers from all simulators
 * @param recordedRequests how many requests are kept; the oldest ones are dropped.
 * Default 10,000
 * @param scheduler the clock and the timers of its pauses; real ones unless set
 */
public record SimulatorOptions(String endpoint, int port, String signature, int recordedRequests, Scheduler scheduler) {

	private static final SimulatorOptions DEFAULTS = new SimulatorOptions("", 0, "", 10_000, Schedulers.parallel());

	/**
	 * Checks the numbers.
	 */
	public SimulatorOptions {
		if (port < 0 || port > 65_535) {
			throw new IllegalArgumentException("port: " + port + " (expected: 0..65535)");
		}
		if (recordedRequests < 1) {
			throw new IllegalArgumentException("recordedRequests: " + recordedRequests + " (expected: >= 1)");
		}
	}

	/**
	 * Returns the defaults.
	 * @return options of a simulator that stands for no particular endpoint
	 */
	public static SimulatorOptions defaults() {
		return DEFAULTS;
	}

	/**
	 * Returns the defaults for an endpoint.
	 * @param endpoint the endpoint's name in {@code fallback.ai.endpoints}
	 * @return options of a simulator that stands for this endpoint
	 */
	public static SimulatorOptions forEndpoint(String endpoint) {
		return new SimulatorOptions(endpoint, DEFAULTS.port, DEFAULTS.signature, DEFAULTS.recordedRequests,
				DEFAULTS.scheduler);
	}

	/**
	 * Sets the port.
	 * @param port a port on 127.0.0.1, 0 for a free one
	 * @return a copy with that port
	 */
	public SimulatorOptions withPort(int port) {
		return new SimulatorOptions(this.endpoint, port, this.signature, this.recordedRequests, this.scheduler);
	}

	/**
	 * Sets the signature.
	 * @param signature the name with which answers are signed
	 * @return a copy with that signature
	 */
	public SimulatorOptions withSignature(String signature) {
		return new SimulatorOptions(this.endpoint, this.port, signature, this.recordedRequests, this.scheduler);
	}

	/**
	 * Bounds the memory for recorded requests.
	 * @param recordedRequests how many requests are kept, at least 1
	 * @return a copy with that bound
	 */
	public SimulatorOptions withRecordedRequests(int recordedRequests) {
		return new SimulatorOptions(this.endpoint, this.port, this.signature, recordedRequests, this.scheduler);
	}

	/**
	 * Sets whose time the pauses of answers take.
	 * @param scheduler clock and timers, for example
	 * {@link io.github.fallbackai.test.time.VirtualTime#scheduler()}
	 * @return a copy with that time
	 */
	public SimulatorOptions withScheduler(Scheduler scheduler) {
		return new SimulatorOptions(this.endpoint, this.port, this.signature, this.recordedRequests, scheduler);
	}

}
