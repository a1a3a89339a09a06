// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.verdict;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a service made of each fault. Its text is a table.
 */
public final class Verdicts {

	private final List<Verdict> all;

	Verdicts(List<Verdict> all) {
		this.all = List.copyOf(all);
	}

	/**
	 * Returns all verdicts.
	 * @return the verdicts in the order of the faults
	 */
	public List<Verdict> all() {
		return this.all;
	}

	/**
	 * Returns what the service did not survive, or was not asked to.
	 * @return the verdicts that are not {@link Verdict.Result#SURVIVED}
	 */
	public List<Verdict> failed() {
		return this.all.stream().filter((verdict) -> verdict.result() != Verdict.Result.SURVIVED).toList();
	}

	/**
	 * Fails unless the service survived everything.
	 * @return these verdicts
	 * @throws AssertionError with the table, if it did not
	 */
	public Verdicts assertSurvived() {
		int failed = failed().size();
		if (failed > 0) {
			throw new AssertionError(failed + " of " + this.all.size() + " faults were not survived\n" + this);
		}
		return this;
	}

	@Override
	public String toString() {
		return this.all.stream().map(Verdict::toString).collect(Collectors.joining("\n"));
	}

}
