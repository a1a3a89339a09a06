// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.github.fallbackai.engine.candidate.BatchThrift;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.Cost;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The attempts and failures of a call so far. Bounded by the chain's maximum of attempts.
 * Safe for use by several threads, because two attempts may run, and the caller may leave
 * at any moment.
 */
final class CallHistory {

	/** The kinds that say something about the request, and nothing about the endpoint. */
	private static final Set<FailureKind> REFUSALS = EnumSet.of(FailureKind.INVALID_REQUEST, FailureKind.UNSUPPORTED,
			FailureKind.REFUSED_UNEXPLAINED, FailureKind.CONTENT_FILTERED, FailureKind.REFUSED,
			FailureKind.CONTEXT_LENGTH_EXCEEDED);

	/** The kinds after which the same endpoint would not answer otherwise. */
	private static final Set<FailureKind> JUDGED = EnumSet.of(FailureKind.REJECTED, FailureKind.REFUSED);

	private final AtomicInteger begun = new AtomicInteger();

	private final List<Attempt> attempts = new ArrayList<>();

	private final Set<Candidate> tried = new HashSet<>();

	/** Candidates that failed, and not because they had too much to do. */
	private final Set<Candidate> broken = new HashSet<>();

	/** Candidates that broke off after content: each may be visited once more. */
	private final Set<Candidate> brokenOff = new HashSet<>();

	private final Set<Candidate> revisited = new HashSet<>();

	/** The failures of endpoints that refused the request as wrong, in their order. */
	private final Map<Candidate, Failure> refusals = new LinkedHashMap<>();

	/** Candidates whose place another call took, and why they are not available. */
	private final Map<Candidate, SkipReason> lostPlaces = new HashMap<>();

	/** The candidates that the latest plan skipped. */
	private List<Skip> skips = List.of();

	private @Nullable Candidate lastCandidate;

	private @Nullable Attempt lastAttempt;

	private @Nullable Failure firstFailure;

	private @Nullable Failure lastFailure;

	private boolean onlyRefused = true;

	private @Nullable Usage usage;

	private @Nullable Cost cost;

	private int requests;

	private int attemptsInARow;

	private int hops;

	private int tooSmallWindow;

	/**
	 * An attempt begins. Until it ends, others may begin.
	 * @return its number, which no other attempt of the call has
	 */
	int begin() {
		return this.begun.incrementAndGet();
	}

	synchronized void record(Candidate candidate, Attempt attempt, @Nullable Failure failure, boolean sent) {
		this.attempts.add(attempt);
		this.requests += sent ? 1 : 0;
		if (attempt.usage() != null) {
			this.usage = (this.usage != null) ? this.usage.plus(attempt.usage()) : attempt.usage();
		}
		if (attempt.cost() != null) {
			this.cost = (this.cost != null) ? this.cost.plus(attempt.cost()) : attempt.cost();
		}
		if (attempt.outcome() == AttemptOutcome.OVERTAKEN) {
			// Losing a race is no failure, so the call may ask this candidate again.
			return;
		}
		if (!candidate.equals(this.lastCandidate)) {
			this.attemptsInARow = 0;
			this.hops++;
		}
		this.attemptsInARow++;
		this.tried.add(candidate);
		if (this.brokenOff.contains(candidate)) {
			this.revisited.add(candidate);
		}
		if (failure != null && !JUDGED.contains(failure.kind()) && attempt.timeToFirstContent() != null) {
			this.brokenOff.add(candidate);
		}
		this.lastCandidate = candidate;
		this.lastAttempt = attempt;
		this.lastFailure = failure;
		if (failure != null) {
			note(candidate, failure);
		}
	}

	private void note(Candidate candidate, Failure failure) {
		if (!BatchThrift.meansBusy(failure.kind())) {
			this.broken.add(candidate);
		}
		this.firstFailure = (this.firstFailure != null) ? this.firstFailure : failure;
		this.onlyRefused &= REFUSALS.contains(failure.kind());
		if (FailoverPolicy.REQUEST_REFUSALS.contains(failure.kind())) {
			this.refusals.putIfAbsent(candidate, failure);
		}
		Integer window = candidate.endpoint().contextWindow();
		if (failure.kind() == FailureKind.CONTEXT_LENGTH_EXCEEDED && window != null) {
			this.tooSmallWindow = Math.max(this.tooSmallWindow, window);
		}
	}

	/** A plan skipped some candidates. */
	synchronized void passedOver(List<Skip> skips) {
		this.skips = skips;
	}

	synchronized List<Skip> skips() {
		return this.skips;
	}

	/** Another call took the place that the plan relied on. */
	synchronized void recordLostPlace(Turn.LostToAnotherCall lost) {
		this.lostPlaces.put(lost.candidate(), lost.reason());
	}

	/**
	 * Candidates whose place another call took may be asked again, also for the second
	 * time.
	 * @return whether there were any
	 */
	synchronized boolean forgetLostPlaces() {
		boolean some = !this.lostPlaces.isEmpty();
		this.tried.removeAll(this.lostPlaces.keySet());
		this.lostPlaces.clear();
		return some;
	}

	/** Time passed: candidates may be asked again. */
	synchronized void forgetTried(Predicate<Candidate> which) {
		this.tried.removeIf(which);
	}

	/** What the call learned, as if it might ask every candidate again. */
	synchronized CallHistory afresh() {
		CallHistory afresh = new CallHistory();
		afresh.broken.addAll(this.broken);
		afresh.tooSmallWindow = this.tooSmallWindow;
		return afresh;
	}

	synchronized boolean wasTried(Candidate candidate) {
		return this.tried.contains(candidate);
	}

	/** Whether a candidate failed, and not because it had too much to do. */
	synchronized boolean foundBroken(Candidate candidate) {
		return this.broken.contains(candidate);
	}

	/**
	 * Whether a candidate that broke off in the middle of an answer gets its second
	 * chance.
	 */
	synchronized boolean mayRevisit(Candidate candidate) {
		return this.brokenOff.contains(candidate) && !this.revisited.contains(candidate);
	}

	/** Why another call took a candidate's place, {@code null} if none did. */
	synchronized @Nullable SkipReason lostPlace(Candidate candidate) {
		return this.lostPlaces.isEmpty() ? null : this.lostPlaces.get(candidate);
	}

	synchronized boolean fitsLargerWindow(@Nullable Integer window) {
		return window == null || window > this.tooSmallWindow;
	}

	synchronized List<Attempt> attempts() {
		return List.copyOf(this.attempts);
	}

	/** The step of the ladder of timeouts for an attempt at this candidate, from 1. */
	synchronized int rung(Candidate candidate) {
		return candidate.equals(this.lastCandidate) ? this.hops : this.hops + 1;
	}

	/** How much was tried. */
	synchronized Effort effort() {
		return new Effort(this.requests, this.hops, this.attemptsInARow);
	}

	synchronized int attemptsInARow() {
		return this.attemptsInARow;
	}

	/** The latest attempt that was not overtaken. */
	synchronized @Nullable Attempt lastAttempt() {
		return this.lastAttempt;
	}

	synchronized @Nullable Failure lastFailure() {
		return this.lastFailure;
	}

	/**
	 * The refusal of the request, if no endpoint failed for a reason of its own.
	 */
	synchronized @Nullable Failure refusedByAll() {
		return this.onlyRefused ? this.firstFailure : null;
	}

	/** How endpoints refused the request as wrong. */
	synchronized Map<Candidate, Failure> refusals() {
		return new LinkedHashMap<>(this.refusals);
	}

	/** How the first endpoint other than this one refused the request as wrong. */
	synchronized @Nullable Failure refusedElsewhere(Candidate candidate) {
		for (Map.Entry<Candidate, Failure> refusal : this.refusals.entrySet()) {
			if (!refusal.getKey().equals(candidate)) {
				return refusal.getValue();
			}
		}
		return null;
	}

	/** What all attempts cost, as far as their endpoints have a price. */
	synchronized @Nullable Cost cost() {
		return this.cost;
	}

	/** Tokens of all attempts as far as reported. */
	synchronized @Nullable Usage usage() {
		return this.usage;
	}

	/**
	 * The effort of a call so far.
	 *
	 * @param attempts attempts of the call whose requests were sent
	 * @param endpoints how many endpoints were asked one after the other; losers of races
	 * do not count
	 * @param attemptsInARow attempts at the latest endpoint since the last switch
	 */
	record Effort(int attempts, int endpoints, int attemptsInARow) {

	}

}
