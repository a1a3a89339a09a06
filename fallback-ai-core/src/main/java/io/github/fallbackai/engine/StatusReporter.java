// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.fallbackai.breaker.Availability;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.CandidateChains;
import io.github.fallbackai.engine.candidate.CandidateOrder;
import io.github.fallbackai.engine.candidate.PricedRequest;
import io.github.fallbackai.engine.candidate.Requirements;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.status.ChainStatus;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.status.FallbackStatus;
import org.jspecify.annotations.Nullable;

/**
 * Describes the present state of chains, as the planner sees it for a call without
 * special wishes.
 */
final class StatusReporter {

	private final AttemptPlanner planner;

	StatusReporter(AttemptPlanner planner) {
		this.planner = planner;
	}

	FallbackStatus report(CandidateChains chains, @Nullable String lastServedBy) {
		// Each endpoint is checked once, so that all its chains show the same state.
		Map<Candidate, SkipReason> forbidden = forbidden(chains);
		Map<Candidate, EndpointStatus> seen = new LinkedHashMap<>();
		List<ChainStatus> all = new ArrayList<>(chains.all().size());
		int defaultIndex = 0;
		for (CandidateChain chain : chains.all()) {
			if (chain.name().equals(chains.get(null).name())) {
				defaultIndex = all.size();
			}
			all.add(report(chain, forbidden, seen));
		}
		return FallbackStatus.builder()
			.defaultChain(all.get(defaultIndex))
			.chains(all)
			.lastServedBy(lastServedBy)
			.build();
	}

	/** Those that no chain may switch to. */
	private static Map<Candidate, SkipReason> forbidden(CandidateChains chains) {
		Map<Candidate, SkipReason> forbidden = new HashMap<>();
		Set<Candidate> allowed = new HashSet<>();
		for (CandidateChain chain : chains.all()) {
			Requirements requirements = Requirements.neutral(chain, chain.order());
			for (Candidate candidate : chain.candidates()) {
				SkipReason obstacle = requirements.obstacle(candidate);
				if (obstacle == null) {
					allowed.add(candidate);
				}
				else {
					forbidden.putIfAbsent(candidate, obstacle);
				}
			}
		}
		forbidden.keySet().removeAll(allowed);
		return forbidden;
	}

	private ChainStatus report(CandidateChain chain, Map<Candidate, SkipReason> forbidden,
			Map<Candidate, EndpointStatus> seen) {
		CandidateOrder order = chain.order();
		Plan plan = this.planner.plan(order, Requirements.neutral(chain, order), new CallHistory(), null, true);
		List<EndpointStatus> endpoints = chain.candidates()
			.stream()
			.map((candidate) -> seen.computeIfAbsent(candidate, (unseen) -> report(unseen, forbidden.get(unseen))))
			.toList();
		Candidate active = (plan instanceof Plan.Ask ask) ? ask.candidate() : null;
		EndpointStatus activeStatus = (active != null) ? endpoints.get(chain.candidates().indexOf(active)) : null;
		return ChainStatus.builder()
			.name(chain.name())
			.active(activeStatus)
			.degraded(active == null || !order.firstChoice(active))
			.choice((active != null) ? order.choice(active) : null)
			.endpoints(endpoints)
			.build();
	}

	private static EndpointStatus report(Candidate candidate, @Nullable SkipReason forbidden) {
		Availability availability = candidate.availability(PricedRequest.neutral());
		Duration left = availability.remaining();
		Duration remaining = (left != null) ? left.truncatedTo(ChronoUnit.MILLIS) : null;
		return EndpointStatus.builder()
			.name(candidate.name())
			.provider(candidate.endpoint().provider())
			.model(candidate.endpoint().model())
			.available(availability.available() || availability.soft())
			.circuitBreaker(candidate.gate().circuitBreaker())
			.skipReason((availability.skipReason() != null) ? availability.skipReason() : forbidden)
			.skipRemaining(remaining)
			.lastFailure(candidate.gate().lastFailure())
			.spending(candidate.budget().spending())
			.refusing(candidate.experience().refusesEverything())
			.unmetNeeds(candidate.unmetNeeds())
			.build();
	}

}
