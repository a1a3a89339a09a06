// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.github.fallbackai.cluster.Decisions;
import io.github.fallbackai.state.OperatorDecision;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Control over an endpoint by decisions of the cluster.
 */
final class DecisionControl implements OperatorControl {

	private final Decisions decisions;

	private final LongSupplier clock;

	DecisionControl(Decisions decisions, LongSupplier clock) {
		this.decisions = decisions;
		this.clock = clock;
	}

	@Override
	public Mono<ControlScope> disable(@Nullable Duration length, @Nullable String reason) {
		if (length != null && (length.isZero() || length.isNegative())) {
			throw new IllegalArgumentException("for: " + length + " (expected: > 0)");
		}
		return this.decisions.disable(length, reason).map(DecisionControl::scope);
	}

	@Override
	public Mono<ControlScope> enable() {
		return this.decisions.enable().map(DecisionControl::scope);
	}

	@Override
	public Mono<ControlScope> reset() {
		return this.decisions.reset().map(DecisionControl::scope);
	}

	@Override
	public Mono<ControlScope> prefer() {
		return this.decisions.prefer().map(DecisionControl::scope);
	}

	private static ControlScope scope(boolean known) {
		return known ? ControlScope.CLUSTER : ControlScope.INSTANCE;
	}

	@Override
	public boolean disabled() {
		return this.decisions.disablingAt(this.clock.getAsLong()) != null;
	}

	@Override
	public @Nullable String disabledReason() {
		OperatorDecision.Disabling disabling = this.decisions.disablingAt(this.clock.getAsLong());
		return (disabling != null) ? disabling.reason() : null;
	}

}
