// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.failure.ChoiceReason;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.policy.Selection;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of a chain in order of preference and how its calls are carried out.
 * Safe for use by several threads.
 */
public final class CandidateChain {

	private final String name;

	private final List<Candidate> candidates;

	private final CallSettings settings;

	private final TierOrder tierOrder;

	private final CandidateOrder usual;

	/**
	 * Creates a chain.
	 * @param name name of the chain
	 * @param candidates the candidates, at least one; the priority decides before the
	 * order of this list
	 * @param settings how calls are carried out
	 */
	public CandidateChain(String name, List<Candidate> candidates, CallSettings settings) {
		if (candidates.isEmpty()) {
			throw new IllegalArgumentException("chain '" + name + "': no candidates (expected: at least one)");
		}
		List<Candidate> sorted = new ArrayList<>(candidates);
		Comparator<Candidate> byPriority = Comparator.comparingInt(Candidate::priority);
		sorted.sort((settings.selection() == Selection.COST) ? byPriority.thenComparing(PriceOrder.CHEAPEST_FIRST)
				: byPriority);
		this.name = name;
		this.candidates = List.copyOf(sorted);
		this.settings = settings;
		this.tierOrder = TierOrder.of(settings.selection());
		this.usual = new CandidateOrder(this.candidates, settings.selection().shares());
	}

	/** Name of the chain. */
	public String name() {
		return this.name;
	}

	/**
	 * The candidates by priority. Those of one priority are in the listed order, or by
	 * price if the strategy says so.
	 */
	public List<Candidate> candidates() {
		return this.candidates;
	}

	/** How calls are carried out. */
	public CallSettings settings() {
		return this.settings;
	}

	/**
	 * The order for a call without special wishes, if it came now. Has no side effects.
	 */
	public CandidateOrder order() {
		if (this.tierOrder == TierOrder.AS_LISTED) {
			return this.usual.preferring();
		}
		List<Candidate> ordered = new ArrayList<>(this.candidates);
		Tiers.forEach(ordered, this.tierOrder::preview);
		return this.usual.reordered(ordered, reason(ordered, null)).preferring();
	}

	/** The order for a call that goes on with no other. */
	public CandidateOrder order(ChatRequest request) {
		return order(request, null);
	}

	/**
	 * The order for a call.
	 * @param request what is asked
	 * @param stayAt name of the endpoint that answered the conversation so far, which
	 * comes first; {@code null} if there is none
	 * @throws IllegalArgumentException if the request names a target that the chain does
	 * not have
	 */
	public CandidateOrder order(ChatRequest request, @Nullable String stayAt) {
		CandidateOrder order = this.usual;
		if (this.tierOrder != TierOrder.AS_LISTED) {
			String conversation = this.settings.sticky() ? conversation(request) : null;
			List<Candidate> ordered = new ArrayList<>(this.candidates);
			Tiers.forEach(ordered, (tier) -> arrange(tier, conversation));
			order = order.reordered(ordered, reason(ordered, conversation));
		}
		String target = request.target();
		order = (target != null) ? order.startingFrom(target, this.name) : order;
		return ((stayAt != null) ? order.stayingAt(stayAt) : order).preferring();
	}

	private static ChoiceReason reason(List<Candidate> ordered, @Nullable String conversation) {
		if (ordered.size() == 1 || ordered.get(0).priority() != ordered.get(1).priority()) {
			return ChoiceReason.ORDER;
		}
		return (conversation != null) ? ChoiceReason.CONVERSATION : ChoiceReason.STRATEGY;
	}

	/** Requests that share a provider's cache should stay with that provider. */
	private static @Nullable String conversation(ChatRequest request) {
		return (request.conversation() != null) ? request.conversation() : request.promptCacheKey();
	}

	private void arrange(List<Candidate> tier, @Nullable String conversation) {
		if (conversation != null) {
			Rendezvous.arrange(tier, conversation);
		}
		else {
			this.tierOrder.arrange(tier);
		}
		SlowStart.arrange(tier, conversation);
	}

}
