// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.drill;

import java.util.Arrays;
import java.util.Optional;

/**
 * What goes wrong at an endpoint during a drill.
 */
public enum DrillFault {

	/** The endpoint answers with status 429. The provider is not asked. */
	TOO_MANY_REQUESTS("429"),

	/** The endpoint answers with status 500. The provider is not asked. */
	SERVER_ERROR("500"),

	/** The endpoint never answers. The provider is not asked. */
	HANG("hang"),

	/**
	 * The provider is asked, and its answer breaks off after some text, at its end at the
	 * latest.
	 */
	CUT("cut");

	private final String word;

	DrillFault(String word) {
		this.word = word;
	}

	/** The fault with the given word, empty if there is none. */
	public static Optional<DrillFault> of(String word) {
		return Arrays.stream(values()).filter((fault) -> fault.word.equals(word)).findFirst();
	}

	/**
	 * What operators call it: {@code 429}, {@code 500}, {@code hang} or {@code cut}.
	 */
	public String word() {
		return this.word;
	}

}
