// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.ArrayList;
import java.util.List;

/**
 * One cell of a public comparison of gateways: what the client saw and what the failing
 * provider saw, and the verdict on it.
 * <ul>
 * <li>{@code PASS}: the client got what it should get, and all checks hold</li>
 * <li>{@code PARTIAL}: the client got what it should get, but some advice was not
 * followed</li>
 * <li>{@code SAFE}: the client got a clear error instead of an answer</li>
 * <li>{@code FAIL}: a call that never ended, half an answer that looked whole, or conduct
 * that no gateway may show</li>
 * </ul>
 */
final class ComparisonCell {

	private final boolean hung;

	private final boolean truncated;

	private final boolean rescued;

	private final List<String> missed = new ArrayList<>();

	private final List<String> adviceMissed = new ArrayList<>();

	/**
	 * Creates a cell without any checks.
	 * @param hung whether the client got no end
	 * @param truncated whether the client got half an answer as a success
	 * @param rescued whether the client got what it should get
	 */
	ComparisonCell(boolean hung, boolean truncated, boolean rescued) {
		this.hung = hung;
		this.truncated = truncated;
		this.rescued = rescued;
	}

	ComparisonCell requires(String name, boolean holds) {
		return note(this.missed, name, holds);
	}

	ComparisonCell advises(String name, boolean holds) {
		return note(this.adviceMissed, name, holds);
	}

	private ComparisonCell note(List<String> missed, String name, boolean holds) {
		if (!holds) {
			missed.add(name);
		}
		return this;
	}

	Verdict verdict() {
		if (this.hung || this.truncated || !this.missed.isEmpty()) {
			return Verdict.FAIL;
		}
		if (!this.rescued) {
			return Verdict.SAFE;
		}
		return this.adviceMissed.isEmpty() ? Verdict.PASS : Verdict.PARTIAL;
	}

	@Override
	public String toString() {
		return verdict() + (this.hung ? " (no end)" : "") + (this.truncated ? " (half an answer)" : "") + " missed: "
				+ this.missed + ", advice: " + this.adviceMissed;
	}

	enum Verdict {

		PASS, PARTIAL, SAFE, FAIL

	}

}
