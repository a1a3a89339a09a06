// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each conversation its own order, which is the same in every instance and after
 * every restart (rendezvous hashing). If an endpoint is added or removed, only the
 * conversations of that endpoint move. Conversations are spread by weight.
 */
final class Rendezvous {

	private static final long FNV_OFFSET = 0xcbf29ce484222325L;

	private static final long FNV_PRIME = 0x100000001b3L;

	private static final double UNIT = 0x1.0p-53;

	private Rendezvous() {
	}

	static void arrange(List<Candidate> tier, String conversation) {
		Map<Candidate, Double> arrivals = new HashMap<>();
		for (Candidate candidate : tier) {
			arrivals.put(candidate, WeightedOrder.arrival(candidate, chance(conversation, candidate)));
		}
		tier.sort(Comparator.comparingDouble(arrivals::get));
	}

	/**
	 * A number from 0, inclusive, to 1 that depends only on the conversation and the
	 * candidate.
	 */
	static double chance(String conversation, Candidate candidate) {
		long hash = add(add(FNV_OFFSET, conversation) * FNV_PRIME, candidate.name());
		// With FNV alone, the upper bits of similar texts are similar.
		hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
		hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
		return ((hash ^ (hash >>> 31)) >>> 11) * UNIT;
	}

	private static long add(long hash, String text) {
		long result = hash;
		for (int index = 0; index < text.length(); index++) {
			result = (result ^ text.charAt(index)) * FNV_PRIME;
		}
		return result;
	}

}
