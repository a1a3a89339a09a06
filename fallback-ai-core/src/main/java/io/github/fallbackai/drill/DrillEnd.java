// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.drill;

/**
 * Why a drill is over.
 */
enum DrillEnd {

	TIME("its time is over"), CALLS("its number of requests failed"), OPERATOR("an operator ended it"),
	REPLACED("another drill begins");

	private final String words;

	DrillEnd(String words) {
		this.words = words;
	}

	@Override
	public String toString() {
		return this.words;
	}

}
