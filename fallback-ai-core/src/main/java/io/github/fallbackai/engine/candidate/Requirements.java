// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FallbackScope;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.endpoint.Capability;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * Which candidates of a chain can serve a request at all, whatever their health. Computed
 * once per call. Immutable.
 */
public final class Requirements {

	private final Map<Candidate, SkipReason> obstacles;

	private final PricedRequest request;

	private Requirements(Map<Candidate, SkipReason> obstacles, PricedRequest request) {
		this.obstacles = obstacles;
		this.request = request;
	}

	/** What a request without special wishes requires. */
	public static Requirements neutral(CandidateChain chain, CandidateOrder order) {
		FallbackScope scope = chain.settings().fallbackScope();
		return collect(order, PricedRequest.neutral(), (candidate) -> outOfScope(order, candidate, scope));
	}

	/** What a request requires. */
	public static Requirements of(CandidateChain chain, CandidateOrder order, ChatRequest request,
			TokenEstimator estimator) {
		PricedRequest priced = new PricedRequest(request, estimator);
		FallbackScope wish = request.options().fallbackScope();
		FallbackScope scope = (wish != null) ? wish : chain.settings().fallbackScope();
		Set<String> allowed = request.options().allowedEndpoints();
		Set<Capability> needed = needed(request);
		return collect(order, priced, (candidate) -> {
			if (allowed != null && !allowed.contains(candidate.name())) {
				return SkipReason.NOT_ALLOWED;
			}
			SkipReason outOfScope = outOfScope(order, candidate, scope);
			return (outOfScope != null) ? outOfScope : unable(candidate, needed, priced);
		});
	}

	/** Why a candidate cannot serve the request, {@code null} if it can. */
	public @Nullable SkipReason obstacle(Candidate candidate) {
		return this.obstacles.isEmpty() ? null : this.obstacles.get(candidate);
	}

	/** How urgent the call is. */
	public Load load() {
		return this.request.load();
	}

	/** The request and its cost. */
	public PricedRequest request() {
		return this.request;
	}

	private static Requirements collect(CandidateOrder order, PricedRequest request, Check check) {
		Map<Candidate, SkipReason> obstacles = Map.of();
		for (Candidate candidate : order.candidates()) {
			SkipReason obstacle = check.obstacle(candidate);
			if (obstacle != null) {
				obstacles = obstacles.isEmpty() ? new IdentityHashMap<>() : obstacles;
				obstacles.put(candidate, obstacle);
			}
		}
		return new Requirements(obstacles, request);
	}

	private static @Nullable SkipReason outOfScope(CandidateOrder order, Candidate candidate, FallbackScope scope) {
		String group = order.reference().endpoint().modelGroup();
		return switch (scope) {
			case ANY_MODEL -> null;
			case SAME_MODEL -> candidate.endpoint().modelGroup().equals(group) ? null : SkipReason.OTHER_MODEL;
			case NONE -> candidate.equals(order.first()) ? null : SkipReason.SWITCH_FORBIDDEN;
		};
	}

	private static @Nullable SkipReason unable(Candidate candidate, Set<Capability> needed, PricedRequest priced) {
		Endpoint endpoint = candidate.endpoint();
		ChatRequest request = priced.request();
		if (!endpoint.capabilities().containsAll(needed)) {
			return SkipReason.CAPABILITY_MISSING;
		}
		if (candidate.client().unsupported(request, endpoint) != null) {
			return SkipReason.UNSUPPORTED_REQUEST;
		}
		Integer window = endpoint.contextWindow();
		long answer = (request.maxTokens() != null) ? request.maxTokens() : 0;
		if (window != null && priced.inputTokens(endpoint) + answer > window) {
			return SkipReason.CONTEXT_WINDOW_TOO_SMALL;
		}
		return priced.obstacle(endpoint);
	}

	private static Set<Capability> needed(ChatRequest request) {
		Set<Capability> needed = EnumSet.noneOf(Capability.class);
		if (Needs.tools(request)) {
			needed.add(Capability.TOOLS);
		}
		if (Needs.images(request)) {
			needed.add(Capability.VISION);
		}
		if (Needs.schema(request)) {
			needed.add(Capability.JSON_SCHEMA);
		}
		return needed;
	}

	@FunctionalInterface
	private interface Check {

		@Nullable SkipReason obstacle(Candidate candidate);

	}

}
