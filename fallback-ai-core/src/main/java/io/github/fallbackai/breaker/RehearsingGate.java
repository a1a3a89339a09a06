// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.util.function.BooleanSupplier;

import io.github.fallbackai.cluster.DecisionNews;
import io.github.fallbackai.cluster.LocalGate;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.CoolDown;
import org.jspecify.annotations.Nullable;

/**
 * A gate that looks well to the cluster during a rehearsal, whatever that does to it, and
 * does not open because of other instances. Otherwise its instance would probe for all of
 * them, and its probes might fail on purpose.
 */
final class RehearsingGate implements LocalGate {

	private final LocalGate gate;

	private final BooleanSupplier apart;

	/**
	 * Wraps a gate.
	 * @param gate the gate as it is
	 * @param apart whether a rehearsal or its effects are under way
	 */
	RehearsingGate(LocalGate gate, BooleanSupplier apart) {
		this.gate = gate;
		this.apart = apart;
	}

	@Override
	public boolean open() {
		return this.gate.open() && !this.apart.getAsBoolean();
	}

	@Override
	public boolean probing() {
		return this.gate.probing();
	}

	@Override
	public @Nullable BreakerVerdict verdict(long now) {
		BreakerVerdict verdict = this.gate.verdict(now);
		return (verdict != null && verdict.open() && this.apart.getAsBoolean()) ? null : verdict;
	}

	@Override
	public void followOpening(BreakerVerdict verdict, @Nullable String origin) {
		if (!this.apart.getAsBoolean()) {
			this.gate.followOpening(verdict, origin);
		}
	}

	@Override
	public void followClosing(@Nullable String origin) {
		if (!this.apart.getAsBoolean()) {
			this.gate.followClosing(origin);
		}
	}

	@Override
	public @Nullable CoolDown coolDown(long now) {
		return this.apart.getAsBoolean() ? null : this.gate.coolDown(now);
	}

	@Override
	public boolean coolsDown(FailureKind cause, long until, long now) {
		return this.gate.coolsDown(cause, until, now);
	}

	@Override
	public void followCoolDown(CoolDown coolDown, long now, @Nullable String origin) {
		this.gate.followCoolDown(coolDown, now, origin);
	}

	@Override
	public void endCoolDown(FailureKind cause, long until) {
		this.gate.endCoolDown(cause, until);
	}

	@Override
	public void reset() {
		this.gate.reset();
	}

	@Override
	public void tellAccountReset() {
		this.gate.tellAccountReset();
	}

	@Override
	public void decidedElsewhere(DecisionNews news) {
		this.gate.decidedElsewhere(news);
	}

}
