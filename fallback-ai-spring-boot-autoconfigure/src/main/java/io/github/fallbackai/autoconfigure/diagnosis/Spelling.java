// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import java.util.Collection;
import java.util.Comparator;

import io.github.fallbackai.autoconfigure.properties.LettersAndDigits;
import org.jspecify.annotations.Nullable;

/**
 * Finds the known word that an unknown one probably stands for.
 */
public final class Spelling {

	/** Of this many letters, one may be wrong. */
	private static final int LETTERS_PER_TYPO = 3;

	private Spelling() {
	}

	/**
	 * Finds the known word that resembles an unknown one.
	 * @param written the unknown word
	 * @param known the known words
	 * @return the nearest word, {@code null} if none is near
	 */
	public static @Nullable String nearest(String written, Collection<String> known) {
		String letters = LettersAndDigits.of(written);
		return within(Math.max(1, letters.length() / LETTERS_PER_TYPO), letters, known);
	}

	/** Finds the nearest word with at most the given number of typos. */
	static @Nullable String within(int typos, String letters, Collection<String> known) {
		return known.stream()
			.min(Comparator.comparingInt((word) -> typos(letters, word)))
			.filter((word) -> typos(letters, word) <= typos)
			.orElse(null);
	}

	/**
	 * Asks whether the nearest word was meant.
	 * @param written the unknown word
	 * @param known the known words
	 * @return the question and a blank, or nothing if no word is near
	 */
	public static String question(String written, Collection<String> known) {
		String nearest = nearest(written, known);
		return (nearest != null) ? "Did you mean " + nearest + "? " : "";
	}

	/** Letters that are wrong, missing, too many or swapped with the next. */
	private static int typos(String written, String known) {
		String meant = LettersAndDigits.of(known);
		int[][] typos = new int[written.length() + 1][meant.length() + 1];
		for (int i = 0; i <= written.length(); i++) {
			for (int j = 0; j <= meant.length(); j++) {
				if (i == 0 || j == 0) {
					typos[i][j] = i + j;
					continue;
				}
				int wrong = (written.charAt(i - 1) != meant.charAt(j - 1)) ? 1 : 0;
				typos[i][j] = Math.min(typos[i - 1][j - 1] + wrong, Math.min(typos[i - 1][j], typos[i][j - 1]) + 1);
				if (i > 1 && j > 1 && written.charAt(i - 1) == meant.charAt(j - 2)
						&& written.charAt(i - 2) == meant.charAt(j - 1)) {
					typos[i][j] = Math.min(typos[i][j], typos[i - 2][j - 2] + 1);
				}
			}
		}
		return typos[written.length()][meant.length()];
	}

}
