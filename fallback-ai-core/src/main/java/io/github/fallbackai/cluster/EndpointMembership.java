// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.util.function.Function;

import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.OperatorDecision;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The membership of one endpoint: agreement on its state and on operators' decisions.
 */
final class EndpointMembership implements Membership {

	private final LocalGate gate;

	private final StateAgreement states;

	private final DecisionAgreement decisions;

	/**
	 * Joins the two agreements.
	 * @param gate this instance's gate
	 * @param states the agreement on its state
	 * @param decisions the agreement on decisions, given their effects
	 */
	EndpointMembership(LocalGate gate, StateAgreement states,
			Function<DecisionAgreement.Effects, DecisionAgreement> decisions) {
		this.gate = gate;
		this.states = states;
		this.decisions = decisions.apply(new DecisionEffects());
	}

	@Override
	public boolean mayProbe(long now) {
		return this.states.probeRight().permits(now);
	}

	@Override
	public void wanted(long now) {
		this.states.probeRight().wanted(now);
	}

	@Override
	public Mono<Void> probeDecision() {
		return this.states.probeRight().decision();
	}

	@Override
	public void opened() {
		this.states.opened();
	}

	@Override
	public void closed(boolean judged) {
		this.states.closed(judged);
	}

	@Override
	public void cooledDown() {
		this.states.cooledDown();
	}

	@Override
	public void accountReset() {
		this.states.accountReset();
	}

	@Override
	public Decisions decisions() {
		return this.decisions;
	}

	/** Another instance told a state, or the store had it at the start. */
	void follow(EndpointState state) {
		this.states.follow(state);
	}

	/** Another instance told a decision. */
	void follow(OperatorDecision decision) {
		this.decisions.follow(decision);
	}

	/** The store had this decision at the start, or none. */
	void restore(@Nullable OperatorDecision held) {
		this.decisions.restore(held);
	}

	/** Compares what is known here with the state that the store has. */
	void reconcile(@Nullable EndpointState held) {
		this.states.reconcile(held);
	}

	/** Compares what is known here with the decision that the store has. */
	void reconcileDecision(@Nullable OperatorDecision held) {
		this.decisions.reconcile(held);
	}

	/**
	 * Applies decisions to the gate, and to the state that other instances know.
	 */
	private final class DecisionEffects implements DecisionAgreement.Effects {

		@Override
		public void resetHere() {
			EndpointMembership.this.gate.reset();
			EndpointMembership.this.states.resetElsewhere();
			EndpointMembership.this.gate.tellAccountReset();
		}

		@Override
		public void resetEverywhere() {
			EndpointMembership.this.gate.reset();
			EndpointMembership.this.states.reset();
			EndpointMembership.this.gate.tellAccountReset();
		}

		@Override
		public void tell(DecisionNews news) {
			EndpointMembership.this.gate.decidedElsewhere(news);
		}

	}

}
