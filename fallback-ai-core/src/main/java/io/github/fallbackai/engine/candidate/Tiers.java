// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.List;
import java.util.function.Consumer;

/**
 * Splits candidates by priority.
 */
final class Tiers {

	private Tiers() {
	}

	/**
	 * Visits the candidates of each priority that has more than one.
	 * @param candidates the candidates, sorted by priority
	 * @param visitor receives views, which write through
	 */
	static void forEach(List<Candidate> candidates, Consumer<List<Candidate>> visitor) {
		int from = 0;
		for (int to = 1; to <= candidates.size(); to++) {
			if (to == candidates.size() || candidates.get(to).priority() != candidates.get(from).priority()) {
				if (to - from > 1) {
					visitor.accept(candidates.subList(from, to));
				}
				from = to;
			}
		}
	}

}
