// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds one parameter of a request in the words of a provider, in any spelling of its
 * name. The pattern has no loop, so that searching takes linear time whatever the name.
 *
 * @param path the path to the parameter
 * @param pattern how a provider may write its name
 */
record Mention(String path, Pattern pattern) {

	/** Names that are ordinary words, too. */
	private static final Set<String> ORDINARY = Set.of("user", "stop", "n", "store", "metadata", "seed", "input",
			"prompt", "audio", "prediction", "verbosity", "modalities", "reasoning", "thinking", "functions");

	/**
	 * Prepares the search.
	 * @param path the path to a parameter, of names that {@linkplain MemberNames fit}
	 */
	static Mention of(String path) {
		String name = name(path);
		String words = words(name);
		if (words.toLowerCase(Locale.ROOT).endsWith("penalty")) {
			// Gemini says no more than that.
			words = "(?:" + words + "|(?<!\\w )penalty)";
		}
		if (name.equals("reasoning_effort")) {
			// Ollama's words for it.
			words = "(?:" + words + "|reasoning value|support thinking)";
		}
		String quoted = "[`'\"\\[]" + words + "(?:[`'\"\\].=]|\\b)|\\b(?:parameter|argument|field|property|option):? "
				+ words + "\\b|\\b" + words + "(?: parameter| argument| field| option|=)";
		return new Mention(path, Pattern.compile(
				ORDINARY.contains(name) ? quoted : "(?<![\\w-])" + words + "(?![\\w-])", Pattern.CASE_INSENSITIVE));
	}

	/** The words of the name, joined in any way. */
	private static String words(String name) {
		StringBuilder words = new StringBuilder();
		int joints = 0;
		for (int index = 0; index < name.length(); index++) {
			char character = name.charAt(index);
			boolean hump = index > 0 && Character.isUpperCase(character)
					&& Character.isLowerCase(name.charAt(index - 1));
			joints += (hump || MemberNames.joint(character)) ? 1 : 0;
			if (!MemberNames.joint(character)) {
				// One step for joints in a row: as many optional ones could be tried in
				// very many ways.
				words.append((joints > 0) ? "[_ -]{0," + joints + "}+" : "").append(character);
				joints = 0;
			}
		}
		return words.append((joints > 0) ? "[_ -]{0," + joints + "}+" : "").toString();
	}

	/** The parameter's own name. */
	static String name(String path) {
		return path.substring(path.indexOf('.') + 1);
	}

	/** Where it is mentioned, -1 if it is not. */
	int in(String clause) {
		Matcher matcher = this.pattern.matcher(clause);
		return matcher.find() ? matcher.start() : -1;
	}

}
