// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.provider;

import java.time.Duration;

import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.SimulatorOptions;

/**
 * A provider of the demo: a simulator with its own pace and an optional fault. Safe for
 * use by several threads.
 */
public final class SimulatedProvider implements AutoCloseable {

	/** The demo runs for ever and needs only the number of requests. */
	private static final int RECORDED_REQUESTS = 1;

	private final ProviderSimulator simulator;

	private final Outcome healthy;

	private volatile ChaosMode mode = ChaosMode.HEALTHY;

	/**
	 * Starts a healthy provider.
	 * @param endpoint name of the endpoint it stands for
	 * @param port its port, 0 for a free one
	 * @param firstToken time until its first word
	 * @param token time between two words
	 */
	SimulatedProvider(String endpoint, int port, Duration firstToken, Duration token) {
		this.simulator = ProviderSimulator
			.create(SimulatorOptions.forEndpoint(endpoint).withPort(port).withRecordedRequests(RECORDED_REQUESTS));
		this.simulator.answers((request) -> SimulatedAnswers.answerTo(request.prompt()));
		this.healthy = Outcome.healthy().firstTokenAfter(firstToken).tokensEvery(token);
		this.simulator.always(this.healthy);
		this.simulator.start();
	}

	String name() {
		return this.simulator.endpoint();
	}

	/** Where it is. */
	public String url() {
		return this.simulator.url();
	}

	ChaosMode mode() {
		return this.mode;
	}

	/** How many requests reached it. */
	int requests() {
		return this.simulator.requestCount();
	}

	/**
	 * Changes its fault, and blocks until that is done. A fault that breaks or stalls
	 * connections also affects answers under way. With other faults, these are finished.
	 */
	public synchronized void change(ChaosMode mode) {
		this.simulator.always(mode.applyTo(this.healthy));
		if (mode == ChaosMode.HANG) {
			this.simulator.freeze();
		}
		else {
			this.simulator.thaw();
		}
		if (mode == ChaosMode.REFUSE) {
			this.simulator.refuseConnections();
		}
		else {
			this.simulator.acceptConnections();
		}
		if (mode == ChaosMode.CUT_MID_STREAM) {
			this.simulator.dropConnections();
		}
		this.mode = mode;
	}

	@Override
	public void close() {
		this.simulator.close();
	}

}
