// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.boot4;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.actuate.HealthReport;
import io.github.fallbackai.drill.Drills;
import io.github.fallbackai.state.BreakerStateStore;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Health of the default chain, in Spring Boot 4.
 */
class AiFallbackHealthIndicator extends AbstractHealthIndicator {

	private final AiFallbackOperations operations;

	private final @Nullable BreakerStateStore stateStore;

	private final @Nullable Drills drills;

	private final Status unavailable;

	AiFallbackHealthIndicator(AiFallbackOperations operations, @Nullable BreakerStateStore stateStore,
			@Nullable Drills drills, Status unavailable) {
		super(HealthReport.NOT_AVAILABLE);
		this.operations = operations;
		this.stateStore = stateStore;
		this.drills = drills;
		this.unavailable = unavailable;
	}

	@Override
	protected void doHealthCheck(Health.Builder health) {
		HealthReport report = HealthReport.of(this.operations, this.stateStore, this.drills);
		health.status(report.available() ? Status.UP : this.unavailable).withDetails(report.details());
	}

}
