// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.cluster;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.state.InMemoryStateStore;
import org.jspecify.annotations.Nullable;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Simulates many instances and a provider that fails for three minutes and recovers.
 * Measures how many calls and probes reach the provider meanwhile, what Redis has to do,
 * and how long it takes until all instances agree. Prints the table of
 * {@code docs/cluster.md}; once with a shared store and once with a store for each
 * instance.
 */
public final class ClusterSimulation {

	private static final Duration START = Duration.ofSeconds(10);

	private static final Duration WARM_UP = Duration.ofSeconds(30);

	private static final Duration OUTAGE = Duration.ofMinutes(3);

	private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(20);

	private static final Duration STEP = Duration.ofMillis(100);

	private final SimulatedFleet.Size size;

	private final int sick;

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final @Nullable SimulatedRedis redis;

	private final SimulatedFleet fleet;

	private ClusterSimulation(SimulatedFleet.Size size, int sick, boolean shared) {
		this.size = size;
		this.sick = sick;
		Set<String> names = new HashSet<>();
		for (int i = 0; i < sick; i++) {
			names.add("endpoint-" + i);
		}
		SimulatedRedis cluster = new SimulatedRedis(this.time);
		this.redis = shared ? cluster : null;
		this.fleet = new SimulatedFleet(this.time, size, names,
				() -> shared ? cluster : new InMemoryStateStore(this::now));
	}

	/**
	 * Runs the simulation.
	 * @param args instances, endpoints, failing endpoints, and calls of an instance to an
	 * endpoint within a second, separated by commas; {@code 1000,20,5,0.5} unless given
	 */
	public static void main(String[] args) {
		boolean given = args.length > 0 && Character.isDigit(args[0].charAt(0));
		String[] numbers = (given ? args[0] : "1000,20,5,0.5").split(",", -1);
		SimulatedFleet.Size size = new SimulatedFleet.Size(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]),
				Double.parseDouble(numbers[3]));
		int sick = Integer.parseInt(numbers[2]);
		new ClusterSimulation(size, sick, true).run();
		new ClusterSimulation(size, sick, false).run();
	}

	private long now() {
		return this.fleet.now();
	}

	private void run() {
		Report report = new Report(this.size, this.sick, this.redis);
		pass(START);
		report.started();
		pass(WARM_UP);
		report.warm(WARM_UP);
		long began = now();
		this.fleet.outage(true);
		this.fleet.openings.follow(FailoverEvent.EndpointOpened.class);
		long left = OUTAGE.toNanos();
		for (; this.fleet.openings.complete() < this.sick && left > 0; left -= STEP.toNanos()) {
			pass(STEP);
		}
		report.opened(this.fleet, began);
		pass(Duration.ofNanos(left));
		report.outageOver(this.fleet);
		long recovered = now();
		this.fleet.outage(false);
		this.fleet.recoveries.follow(FailoverEvent.EndpointClosed.class);
		while (this.fleet.recoveries.complete() < this.sick && now() - recovered < LONGEST_RECOVERY.toNanos()) {
			pass(STEP);
		}
		report.closed(this.fleet, recovered);
		report.print();
	}

	private void pass(Duration duration) {
		this.time.advanceTimeBy(duration);
	}

}
