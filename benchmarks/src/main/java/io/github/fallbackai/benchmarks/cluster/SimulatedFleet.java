// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.cluster;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.fallbackai.breaker.EndpointGate;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.breaker.Permit;
import io.github.fallbackai.cluster.ClusterSettings;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerStateStore;
import reactor.core.scheduler.Scheduler;

/**
 * Instances whose calls ask each endpoint at random moments, through real gates. For one
 * thread.
 */
final class SimulatedFleet {

	/** How long a provider takes to answer or to fail. */
	private static final long ANSWER_MILLIS = 300;

	/** How often they agree on what they know. */
	static final Duration SYNC = Duration.ofSeconds(5);

	private final Scheduler time;

	private final Set<String> sick;

	private final Random random = new Random(6);

	private final double callsPerSecond;

	private final List<Endpoint> endpoints = new ArrayList<>();

	final Spread openings;

	final Spread recoveries;

	private boolean outage;

	private long failedCalls;

	private long probes;

	/**
	 * A fleet at work.
	 * @param time the virtual time
	 * @param size number of instances and endpoints, and calls of an instance to an
	 * endpoint within a second
	 * @param sick names of the endpoints that fail during the outage
	 * @param stores the store of each instance
	 */
	SimulatedFleet(Scheduler time, Size size, Set<String> sick, Supplier<BreakerStateStore> stores) {
		this.time = time;
		this.sick = sick;
		this.callsPerSecond = size.callsPerSecond();
		this.openings = new Spread(size.instances());
		this.recoveries = new Spread(size.instances());
		for (int i = 0; i < size.endpoints(); i++) {
			this.endpoints.add(Endpoint.named("endpoint-" + i)
				.url(URI.create("https://provider.example/v1"))
				.model("model-" + i)
				.build());
		}
		for (int i = 0; i < size.instances(); i++) {
			start("instance-" + i, stores.get());
		}
	}

	private void start(String id, BreakerStateStore store) {
		EndpointGates gates = EndpointGates.builder()
			.endpoints(this.endpoints)
			.stateStore(store)
			.cluster(new ClusterSettings(id, 1, SYNC))
			.clock(this::now)
			.scheduler(this.time)
			.random(this.random::nextDouble)
			.listener((event) -> {
				this.openings.saw(event, now());
				this.recoveries.saw(event, now());
			})
			.build();
		this.endpoints.forEach((endpoint) -> next(endpoint.name(), gates.gate(endpoint)));
	}

	long now() {
		return this.time.now(TimeUnit.NANOSECONDS);
	}

	/** The provider of the sick endpoints fails from now on, or works again. */
	void outage(boolean outage) {
		this.outage = outage;
	}

	long failedCalls() {
		return this.failedCalls;
	}

	long probes() {
		return this.probes;
	}

	private void next(String endpoint, EndpointGate gate) {
		double seconds = -Math.log(1 - this.random.nextDouble()) / this.callsPerSecond;
		this.time.schedule(() -> {
			call(endpoint, gate);
			next(endpoint, gate);
		}, (long) (seconds * 1e9), TimeUnit.NANOSECONDS);
	}

	private void call(String endpoint, EndpointGate gate) {
		Permit permit = gate.check().available() ? gate.tryEnter() : null;
		if (permit == null) {
			gate.wanted();
			return;
		}
		if (permit.probe()) {
			this.probes++;
		}
		this.time.schedule(() -> end(endpoint, permit), ANSWER_MILLIS, TimeUnit.MILLISECONDS);
	}

	private void end(String endpoint, Permit permit) {
		if (this.outage && this.sick.contains(endpoint)) {
			this.failedCalls++;
			permit.failed(Failure.of(FailureKind.SERVER_ERROR).build());
		}
		else {
			permit.succeeded();
		}
	}

	/**
	 * How large a fleet is.
	 *
	 * @param instances number of instances
	 * @param endpoints number of endpoints of each
	 * @param callsPerSecond calls of an instance to an endpoint within a second
	 */
	record Size(int instances, int endpoints, double callsPerSecond) {

	}

}
