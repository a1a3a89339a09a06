package io.github.fallbackai.engine.candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * Moves an endpoint whose breaker has just closed behind those of its tier for part of
 * the calls, so that it is not overrun while it warms up.
 */
final class SlowStart {

	private SlowStart() {
	}

	/**
	 * Arranges a tier for one call.
	 * @param tier the candidates, to be sorted in place
	 * @param conversation decides instead of chance, so that a conversation moves back
	 * once and for all
	 */
	static void arrange(List<Candidate> tier, @Nullable String conversation) {
		List<Candidate> postponed = List.of();
		for (Candidate candidate : tier) {
			double share = candidate.gate().usableShare();
			if (share < 1 && chance(candidate, conversation) >= share) {
				postponed = postponed.isEmpty() ? new ArrayList<>(2) : postponed;
				postponed.add(candidate);
			}
		}
		if (!postponed.isEmpty()) {
			tier.removeAll(postponed);
			tier.addAll(postponed);
		}
	}

	private static double chance(Candidate candidate, @Nullable String conversation) {
		return (conversation != null) ? Rendezvous.chance("slow start " + conversation, candidate)
				: ThreadLocalRandom.current().nextDouble();
	}

}
