// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.Iterator;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The names of members of a request. A client of the gateway may choose some of them, so
 * only those that look like a name are ever searched in a provider's words, told, or
 * corrected, and only so many of them. The characters of the others, and their number,
 * could make the search long, or forge a line of the log.
 */
final class MemberNames {

	/** How many members of one object are looked at. */
	static final int MOST = 100;

	private static final int LONGEST = 64;

	private MemberNames() {
	}

	/**
	 * Whether it is an identifier of a usual length with a letter, perhaps with hyphens.
	 */
	static boolean fits(String name) {
		if (name.isEmpty() || name.length() > LONGEST || !(letter(name.charAt(0)) || name.charAt(0) == '_')) {
			return false;
		}
		boolean letters = false;
		for (int index = 0; index < name.length(); index++) {
			char character = name.charAt(index);
			letters |= letter(character);
			if (!letter(character) && !joint(character) && (character < '0' || character > '9')) {
				return false;
			}
		}
		return letters;
	}

	/** Goes through the names of an object that fit. */
	static void forEach(JsonNode object, Consumer<String> action) {
		int found = 0;
		for (Iterator<String> names = object.fieldNames(); names.hasNext() && found < MOST;) {
			String name = names.next();
			if (fits(name)) {
				found++;
				action.accept(name);
			}
		}
	}

	/** Whether it joins two words of a name. */
	static boolean joint(char character) {
		return character == '_' || character == '-';
	}

	private static boolean letter(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
	}

}
