// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.catalogue;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Splits sentences into clauses, so that words count together only if they are in the
 * same clause.
 */
public final class Clauses {

	private static final Pattern END = Pattern.compile("(?<=[.!?;])\\s+|\\n+");

	private Clauses() {
	}

	/** The clauses of a text. */
	public static List<String> of(String text) {
		return END.splitAsStream(text).toList();
	}

}
