// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.math.BigDecimal;
import java.time.Duration;

import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Cost;
import io.github.fallbackai.failure.FailureKind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Background probes in metrics: no calls, no attempts, no transitions. */
class MeteredProbesTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final MeteringCallListener listener = new MeteringCallListener(this.registry);

	@Test
	void areCountedByThemselves() {
		probed(AttemptOutcome.FAILED, FailureKind.OVERLOADED);
		probed(AttemptOutcome.SUCCEEDED, null);

		assertThat(this.registry.get("fallback.ai.probes")
			.tags("endpoint", "primary", "outcome", "failed", "error", "overloaded")
			.counter()
			.count()).isOne();
		assertThat(this.registry.get("fallback.ai.probes").tag("outcome", "succeeded").counter().count()).isOne();
		assertThat(this.registry.find("fallback.ai.attempts").counter()).isNull();
		assertThat(this.registry.find("fallback.ai.transitions").counter()).isNull();
	}

	@Test
	void theirCostBelongsToNoChain() {
		probed(AttemptOutcome.SUCCEEDED, null);

		assertThat(this.registry.get("fallback.ai.cost")
			.tags("chain", "none", "endpoint", "primary", "outcome", "succeeded", "estimated", "false")
			.counter()
			.count()).isEqualTo(0.25);
	}

	private void probed(AttemptOutcome outcome, FailureKind failure) {
		Attempt attempt = Attempt.builder()
			.number(1)
			.endpoint("primary")
			.model("large")
			.outcome(outcome)
			.failure(failure)
			.duration(Duration.ofMillis(5))
			.cost(new Cost(new BigDecimal("0.25"), false))
			.build();
		this.listener.onEvent(new FailoverEvent.EndpointProbed("primary", attempt, null));
	}

}
