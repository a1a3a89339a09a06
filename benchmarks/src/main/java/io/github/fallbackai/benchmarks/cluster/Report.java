// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.cluster;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the results of a simulation and writes them as a table.
 */
final class Report {

	private static final Logger logger = LoggerFactory.getLogger(ClusterSimulation.class);

	private final StringBuilder rows = new StringBuilder();

	private final @Nullable SimulatedRedis redis;

	private Map<String, Long> before = Map.of();

	private long commandsBefore;

	private long probesBefore;

	private long messagesBefore;

	Report(SimulatedFleet.Size size, int sick, @Nullable SimulatedRedis redis) {
		this.redis = redis;
		row("instances, endpoints, failing endpoints", size.instances() + ", " + size.endpoints() + ", " + sick);
		row("calls per second to a failing endpoint, all instances", size.instances() * size.callsPerSecond());
	}

	/** All instances have started. */
	void started() {
		if (this.redis != null) {
			this.commandsBefore = this.redis.allCommands();
		}
	}

	/** All endpoints have worked since then. */
	void warm(Duration length) {
		if (this.redis != null) {
			long commands = this.redis.allCommands() - this.commandsBefore;
			row("commands per second while all is well",
					String.format(Locale.ROOT, "%.0f", (double) commands / length.toSeconds()));
			this.redis.forgetPeak();
		}
	}

	/** The provider failed, and all instances know. */
	void opened(SimulatedFleet fleet, long began) {
		row("failed calls until every instance skips", fleet.failedCalls());
		row("from the first failure until every instance skips every failing endpoint",
				seconds(fleet.openings.last() - began));
		row("from the first instance that opens to the last, slowest endpoint", seconds(fleet.openings.longest()));
		remember(fleet);
	}

	/** The outage ends. */
	void outageOver(SimulatedFleet fleet) {
		row("probes during the rest of the outage", fleet.probes() - this.probesBefore);
		commands("commands during the rest of the outage, apart from comparisons");
		remember(fleet);
	}

	/** All instances know that the provider is back. */
	void closed(SimulatedFleet fleet, long recovered) {
		row("probes after the recovery", fleet.probes() - this.probesBefore);
		row("from the recovery until every instance uses every endpoint again",
				seconds(fleet.recoveries.last() - recovered));
		row("from the first instance that closes to the last, slowest endpoint", seconds(fleet.recoveries.longest()));
		commands("commands from the recovery on, apart from comparisons");
		if (this.redis != null) {
			row("messages delivered, all together", this.redis.messages());
			row("most commands within one second", this.redis.peak());
		}
	}

	private void remember(SimulatedFleet fleet) {
		this.probesBefore = fleet.probes();
		if (this.redis != null) {
			this.before = new TreeMap<>(this.redis.commands());
			this.messagesBefore = this.redis.messages();
		}
	}

	private void commands(String what) {
		if (this.redis != null) {
			StringBuilder counts = new StringBuilder();
			this.redis.commands().forEach((command, count) -> {
				long more = count - this.before.getOrDefault(command, 0L);
				if (!command.startsWith("load") && more > 0) {
					counts.append(command).append(' ').append(more).append(", ");
				}
			});
			row(what, counts.append("messages ").append(this.redis.messages() - this.messagesBefore));
		}
	}

	private static String seconds(long nanos) {
		return String.format(Locale.ROOT, "%.3f s", nanos / 1e9);
	}

	private void row(String name, Object value) {
		this.rows.append("| ").append(name).append(" | ").append(value).append(" |\n");
	}

	void print() {
		logger.info("{} store:\n{}", (this.redis != null) ? "Shared" : "Each instance its own", this.rows);
	}

}
