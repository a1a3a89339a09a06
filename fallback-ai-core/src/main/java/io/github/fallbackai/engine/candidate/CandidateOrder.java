// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.ChoiceReason;

/**
 * The order in which one call tries the candidates of its chain. It does not depend on
 * whether they work. Immutable.
 */
public final class CandidateOrder {

	private final List<Candidate> candidates;

	/**
	 * The candidate that the call would ask if all worked and operators preferred none.
	 */
	private final Candidate first;

	/**
	 * The candidate whose model the caller expects: the target, or else the first one in
	 * the list, even if another one of its tier has the turn.
	 */
	private final Candidate reference;

	private final Predicate<Candidate> firstChoice;

	/** Why the first of the candidates is the first. */
	private final ChoiceReason reason;

	/**
	 * The order in which candidates are listed.
	 * @param candidates the candidates, tier by tier
	 * @param shared whether all candidates of the first tier are a first choice
	 */
	CandidateOrder(List<Candidate> candidates, boolean shared) {
		this(candidates, candidates.get(0), candidates.get(0),
				shared ? inTierOf(candidates.get(0)) : candidates.get(0)::equals,
				shared ? ChoiceReason.STRATEGY : ChoiceReason.ORDER);
	}

	private CandidateOrder(List<Candidate> candidates, Candidate first, Candidate reference,
			Predicate<Candidate> firstChoice, ChoiceReason reason) {
		this.candidates = candidates;
		this.first = first;
		this.reference = reference;
		this.firstChoice = firstChoice;
		this.reason = reason;
	}

	private static Predicate<Candidate> inTierOf(Candidate first) {
		return (candidate) -> candidate.priority() == first.priority();
	}

	public List<Candidate> candidates() {
		return this.candidates;
	}

	Candidate first() {
		return this.first;
	}

	Candidate reference() {
		return this.reference;
	}

	public Candidate named(String name) {
		for (Candidate candidate : this.candidates) {
			if (candidate.name().equals(name)) {
				return candidate;
			}
		}
		throw new IllegalArgumentException("endpoint: " + name + " (expected: one of " + this.candidates + ")");
	}

	/** Whether this candidate is a first choice, so that its answer is not degraded. */
	public boolean firstChoice(Candidate candidate) {
		return this.firstChoice.test(candidate);
	}

	/** Why a call asks a candidate. */
	public ChoiceReason choice(Candidate candidate) {
		return candidate.equals(this.candidates.get(0)) ? this.reason : ChoiceReason.FALLBACK;
	}

	CandidateOrder reordered(List<Candidate> ordered, ChoiceReason reason) {
		return new CandidateOrder(ordered, ordered.get(0), this.reference, this.firstChoice, reason);
	}

	/**
	 * The same order, with the candidates in front that a caller asks for.
	 * @param target name of an endpoint, else of a model group, else of a model
	 * @param chain name of the chain, for the message
	 * @throws IllegalArgumentException if there are none
	 */
	CandidateOrder startingFrom(String target, String chain) {
		List<Candidate> matching = matching((endpoint) -> endpoint.name().equals(target));
		if (matching.isEmpty()) {
			matching = matching((endpoint) -> endpoint.modelGroup().equals(target));
		}
		if (matching.isEmpty()) {
			matching = matching((endpoint) -> endpoint.model().equals(target));
		}
		if (matching.isEmpty()) {
			throw new IllegalArgumentException(
					"target: none of chain " + chain + " (expected: an endpoint, a model group or a model of it)");
		}
		List<Candidate> ordered = new ArrayList<>(matching);
		for (Candidate candidate : this.candidates) {
			if (!matching.contains(candidate)) {
				ordered.add(candidate);
			}
		}
		return new CandidateOrder(ordered, ordered.get(0), ordered.get(0), matching::contains, ChoiceReason.TARGET);
	}

	/** The same order, with the candidate in front that has this name. */
	CandidateOrder stayingAt(String endpoint) {
		List<Candidate> ordered = new ArrayList<>(this.candidates);
		ordered.sort(Comparator.comparingInt((candidate) -> candidate.name().equals(endpoint) ? 0 : 1));
		return reordered(ordered, ordered.get(0).name().equals(endpoint) ? ChoiceReason.CONVERSATION : this.reason);
	}

	private List<Candidate> matching(Predicate<Endpoint> condition) {
		return this.candidates.stream().filter((candidate) -> condition.test(candidate.endpoint())).toList();
	}

	/** The same order, with the candidates in front that operators prefer. */
	CandidateOrder preferring() {
		for (Candidate candidate : this.candidates) {
			if (candidate.gate().preference() != 0) {
				List<Candidate> ordered = new ArrayList<>(this.candidates);
				ordered.sort(Comparator.comparingInt((other) -> -other.gate().preference()));
				ChoiceReason why = ordered.get(0).equals(this.candidates.get(0)) ? this.reason : ChoiceReason.PREFERRED;
				return new CandidateOrder(ordered, this.first, this.reference, this.firstChoice, why);
			}
		}
		return this;
	}

}
