// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * For part of the calls, moves an endpoint whose breaker has just closed behind the
 * others of its tier, so that it does not get too many calls while it warms up.
 */
final class SlowStart {

	private SlowStart() {
	}

	/**
	 * Arranges a tier for one call.
	 * @param tier the candidates, to be sorted in place
	 * @param conversation decides instead of chance, so that a conversation moves back
	 * only once
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
