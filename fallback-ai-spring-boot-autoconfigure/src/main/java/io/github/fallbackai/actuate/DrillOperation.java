// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import io.github.fallbackai.drill.Drill;
import io.github.fallbackai.drill.DrillStatus;
import io.github.fallbackai.drill.Drills;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * The operation that begins and ends drills. Its scope is always this instance.
 */
final class DrillOperation {

	private static final String INSTANCE = "instance";

	private final @Nullable Drills drills;

	DrillOperation(@Nullable Drills drills) {
		this.drills = drills;
	}

	/** The drill that runs at an endpoint, {@code null} if there is none. */
	StatusView.@Nullable Drill running(String endpoint) {
		return (this.drills != null) ? view(this.drills.running().get(endpoint)) : null;
	}

	/** Whether drills are possible at all. */
	boolean enabled() {
		return this.drills != null;
	}

	StatusView.Controlled carryOut(String endpoint, @Nullable DrillParameters parameters, @Nullable String length,
			@Nullable String reason) {
		if (this.drills == null) {
			throw new ReadOnlyEndpointException("drill: not enabled (expected: fallback.ai.drill.enabled=true)");
		}
		DrillParameters given = (parameters != null) ? parameters : new DrillParameters(Map.of());
		if (given.ends()) {
			this.drills.end(endpoint);
			return new StatusView.Controlled(endpoint, DrillParameters.ACTION, INSTANCE, null, null);
		}
		return begin(this.drills, endpoint, given.drill(length, reason));
	}

	private static StatusView.Controlled begin(Drills drills, String endpoint, Drill drill) {
		try {
			DrillStatus begun = drills.begin(endpoint, drill);
			return new StatusView.Controlled(endpoint, DrillParameters.ACTION, INSTANCE, drill.length(), view(begun));
		}
		catch (IllegalStateException ex) {
			String message = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(message, message);
		}
	}

	private static StatusView.@Nullable Drill view(@Nullable DrillStatus status) {
		if (status == null) {
			return null;
		}
		Drill drill = status.drill();
		Duration remaining = status.remaining().truncatedTo(ChronoUnit.MILLIS);
		return new StatusView.Drill(drill.fault().word(), remaining, status.hits(), status.callsLeft(),
				(drill.share() < 1) ? drill.share() : null, drill.only(), drill.reason());
	}

}
