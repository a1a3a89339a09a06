// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.time.Duration;
import java.util.List;

import io.github.fallbackai.breaker.Availability;
import io.github.fallbackai.breaker.EndpointGate;
import io.github.fallbackai.budget.EndpointBudget;
import io.github.fallbackai.budget.Reservation;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.endpoint.Capability;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.Need;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.policy.RetrySettings;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint for calls, with its gate, its client and what calls learned about it. One
 * candidate may be part of several chains.
 */
public final class Candidate {

	private final Endpoint endpoint;

	private final EndpointGate gate;

	private final EndpointClient client;

	private final RetrySettings retry;

	private final EndpointBudget budget;

	private final Experience experience = new Experience();

	private final PlaceQueue queue = new PlaceQueue();

	/**
	 * Creates a candidate without a spend limit.
	 * @param endpoint the endpoint
	 * @param gate tells whether it may be tried now
	 * @param client sends the request
	 * @param retry whether it is asked again after a failure
	 */
	public Candidate(Endpoint endpoint, EndpointGate gate, EndpointClient client, RetrySettings retry) {
		this(endpoint, gate, client, retry, EndpointBudget.UNLIMITED);
	}

	/**
	 * Creates a candidate.
	 * @param endpoint the endpoint
	 * @param gate tells whether it may be tried now
	 * @param client sends the request
	 * @param retry whether it is asked again after a failure
	 * @param budget what may still be spent at it
	 */
	public Candidate(Endpoint endpoint, EndpointGate gate, EndpointClient client, RetrySettings retry,
			EndpointBudget budget) {
		this.endpoint = endpoint;
		this.gate = gate;
		this.client = client;
		this.retry = retry;
		this.budget = budget;
	}

	public String name() {
		return this.endpoint.name();
	}

	public Endpoint endpoint() {
		return this.endpoint;
	}

	public EndpointGate gate() {
		return this.gate;
	}

	public EndpointClient client() {
		return this.client;
	}

	public RetrySettings retry() {
		return this.retry;
	}

	public Experience experience() {
		return this.experience;
	}

	int priority() {
		return this.endpoint.placement().priority();
	}

	/**
	 * A call joins the queue for a place here.
	 * @param call called, at most once, when there may be a place
	 * @param load how urgent the call is
	 */
	public void joinQueue(Runnable call, Load load) {
		this.queue.join(call, load);
	}

	/** A call needs no place here any more. */
	public void leaveQueue(Runnable call, Load load) {
		this.queue.leave(call, load);
	}

	/**
	 * A call may have left a place, or found none. The next call in the queue may look.
	 */
	public void callNext() {
		this.queue.callNext(this.gate);
	}

	/** Whether a call must wait for a place here, as far as it waits for anything. */
	public boolean full(Load load) {
		return PlaceQueue.full(this.gate, load);
	}

	public EndpointBudget budget() {
		return this.budget;
	}

	/** Whether a request may go there now, without any side effect. */
	public Availability availability(PricedRequest request) {
		Availability availability = this.gate.check(request.load());
		if (this.budget == EndpointBudget.UNLIMITED || !(availability.available() || availability.soft())) {
			return availability;
		}
		Duration renewsIn = this.budget.exhaustedFor(request.inputTokens(this.endpoint), request.outputTokens());
		return (renewsIn != null) ? new Availability(SkipReason.SPEND_LIMIT_REACHED, null, renewsIn) : availability;
	}

	/** The part of a request that the endpoint said lately it cannot do. */
	public @Nullable UnmetNeed unmetNeed(PricedRequest request) {
		return this.experience.unmetNeeds().of(request, this.endpoint);
	}

	/** Everything that the endpoint said lately it cannot do. */
	public List<Need> unmetNeeds() {
		return this.experience.unmetNeeds().all();
	}

	/**
	 * The endpoint refused the request itself.
	 * @return whether the endpoint has just refused one request too many
	 */
	public boolean refused(PricedRequest request, Failure failure) {
		Need need = failure.need();
		if (need != null) {
			this.experience.unmetNeeds().refused(need, request, this.endpoint);
			return false;
		}
		return this.experience.refusals().refused(request.request().messages().hashCode());
	}

	/**
	 * Another endpoint answered a request that was refused here.
	 * @return whether the endpoint has just refused one request too many
	 */
	public boolean answeredElsewhere() {
		return this.experience.refusals().answeredElsewhere();
	}

	/**
	 * A request was answered.
	 * @return whether the endpoint had refused everything before
	 */
	public boolean answered(PricedRequest request) {
		this.experience.unmetNeeds().answered(request, this.endpoint);
		return this.experience.refusals().answered();
	}

	/** Why a request that was about to go there may not go there any more. */
	public SkipReason lostTo(PricedRequest request) {
		SkipReason reason = availability(request).skipReason();
		if (reason != null) {
			return reason;
		}
		// Available again, but another call took the place.
		return this.endpoint.concurrency().limited() ? SkipReason.CONCURRENCY_LIMIT : SkipReason.PROBE_IN_PROGRESS;
	}

	/** Reserves the expected cost of the request, unless less than that is left. */
	public @Nullable Reservation tryReserve(PricedRequest request) {
		return (this.budget == EndpointBudget.UNLIMITED) ? Reservation.NONE
				: this.budget.tryReserve(request.inputTokens(this.endpoint), request.outputTokens());
	}

	/** The request in the form that the endpoint can answer. */
	public ChatRequest inItsForm(ChatRequest request) {
		return AnswerForm.of(request, this);
	}

	public boolean takesPrefill() {
		return this.endpoint.capabilities().contains(Capability.PREFILL) && !this.experience.refusesPrefill();
	}

	@Override
	public String toString() {
		return "Candidate[" + name() + "]";
	}

}
