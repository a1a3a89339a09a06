// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.time.Duration;
import java.util.List;

import io.github.fallbackai.breaker.Availability;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.engine.candidate.Candidate;
import io.github.fallbackai.engine.candidate.CandidateChain;
import io.github.fallbackai.engine.candidate.PricedRequest;
import io.github.fallbackai.failure.CallRecord;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.RequestRefusedException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Asks endpoints how many tokens a request has. Providers limit this apart from calls,
 * and a count says nothing about how well a model answers. So no outcome reaches the
 * endpoint's breaker, and none cools it down.
 */
final class TokenInquiry {

	/** The caller waits, and an estimate is there at once. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final Scheduler scheduler;

	TokenInquiry(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Asks an endpoint, and others of its model group if it cannot say.
	 * @param chain the chain
	 * @param request what would be asked
	 * @param name name of the endpoint
	 * @return the number, empty if no endpoint can say; fails if one refuses the request
	 * as invalid
	 */
	Mono<Long> count(CandidateChain chain, ChatRequest request, String name) {
		String group = chain.candidates()
			.stream()
			.filter((candidate) -> candidate.name().equals(name))
			.map((candidate) -> candidate.endpoint().modelGroup())
			.findFirst()
			.orElse(null);
		List<Candidate> candidates = chain.candidates()
			.stream()
			.filter((candidate) -> candidate.endpoint().modelGroup().equals(group))
			.sorted((left, right) -> Boolean.compare(right.name().equals(name), left.name().equals(name)))
			.toList();
		Mono<Long> count = Mono.empty();
		for (Candidate candidate : candidates) {
			count = count.switchIfEmpty(Mono.defer(() -> count(chain.name(), candidate, request)));
		}
		return count;
	}

	private Mono<Long> count(String chain, Candidate candidate, ChatRequest request) {
		Availability availability = candidate.availability(PricedRequest.neutral());
		if (!availability.available() && !availability.soft()) {
			return Mono.empty();
		}
		Endpoint endpoint = candidate.endpoint();
		Duration firstContent = endpoint.limits().firstContent();
		Duration limit = (firstContent.compareTo(PATIENCE) < 0) ? firstContent : PATIENCE;
		return candidate.client()
			.countTokens(new EndpointRequest(endpoint, request, false))
			.timeout(limit, Mono.empty(), this.scheduler)
			.onErrorResume(
					(error) -> refused(error) ? Mono.error(refusal((EndpointException) error, chain)) : Mono.empty());
	}

	private static boolean refused(Throwable error) {
		return error instanceof EndpointException exception
				&& exception.failure().kind() == FailureKind.INVALID_REQUEST;
	}

	private static RequestRefusedException refusal(EndpointException error, String chain) {
		return new RequestRefusedException(error.failure(), new CallRecord(chain, List.of(), List.of()));
	}

}
