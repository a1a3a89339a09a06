// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.util.Locale;

/**
 * The part of a name that an environment variable keeps: letters and digits, without
 * case.
 */
public final class LettersAndDigits {

	private LettersAndDigits() {
	}

	/**
	 * Returns the letters and digits of a name, in lower case.
	 * @param name the name
	 */
	public static String of(String name) {
		StringBuilder result = new StringBuilder(name.length());
		name.codePoints().filter(Character::isLetterOrDigit).forEach(result::appendCodePoint);
		return result.toString().toLowerCase(Locale.ROOT);
	}

}
