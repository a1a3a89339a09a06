// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.fallbackai.client.http.provider.RefusalText;
import io.github.fallbackai.client.http.provider.catalogue.Clauses;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parameters of a request in the words of a provider, in any spelling of their
 * names, and finds out whether the provider refuses them.
 */
final class Mentions {

	/** They do not go together. */
	private static final Pattern EXCLUDING = pattern("\\bboth\\b|\\bat the same time\\b|\\bsimultaneously\\b"
			+ "|\\btogether\\b|\\bmutually exclusive\\b|\\bonly one of\\b"
			+ "|\\bcannot be (?:used|combined|set|specified) (?:with|when|if|alongside)\\b"
			+ "|\\bnot (?:compatible|allowed|supported) with\\b|\\bincompatible\\b"
			+ "|\\bwhen (?:using )?\\W?\\w+\\W? (?:is|are) (?:set|specified|used|enabled|provided)\\b");

	/** It is not taken, or not with that value. */
	private static final Pattern REFUSED = pattern("\\b(?:does|do|is|are|can)(?: not|n't|not) (?:\\w+ ){0,2}"
			+ "(?:support|accept|allow|permit|available|enabled|recogni[sz]ed)|\\bunsupported\\b|\\bunknown\\b"
			+ "|\\bunrecogni[sz]ed\\b|\\bdeprecated\\b|\\b(?:is|are) fixed\\b|\\bmust be unset\\b|\\bmay only be\\b"
			+ "|\\bonly (?:\\S+ )?(?:is |are )?(?:supported|allowed|accepted)\\b|\\bextraneous\\b|\\bnot permitted\\b"
			+ "|\\bnot applicable\\b|\\bcannot find field\\b|\\bremove (?:it|this|the)\\b");

	/** Only a value of the parameter is refused, and the caller has to know that. */
	private static final Pattern VALUE = pattern(
			"\\b(?:must be(?! unset)|should be|expected|between|out of range|greater"
					+ "|less than|above maximum|below minimum|but got)\\b");

	/**
	 * Servers have different values for these, so the caller cannot know which are taken.
	 */
	private static final Set<String> CHOICES = Set.of("reasoning_effort", "reasoningEffort", "verbosity",
			"service_tier", "prompt_cache_retention", "truncation");

	private static final Pattern OTHER_CHOICE = pattern(
			"\\bmust be\\b|\\bshould be\\b|\\bexpected\\b|\\binvalid\\b|\\b(?:supported|allowed|valid) values\\b");

	/** Names that are ordinary words, too. */
	private static final Set<String> ORDINARY = Set.of("user", "stop", "n", "store", "metadata", "seed", "input",
			"prompt", "audio", "prediction", "verbosity", "modalities", "reasoning", "thinking", "functions");

	/** Which of several is given up first. */
	private static final List<String> LEAST = List.of("top_p", "topP", "top_k", "topK", "temperature");

	private Mentions() {
	}

	/**
	 * Looks for two parameters that exclude each other.
	 * @param words what the provider wrote
	 * @param sent the request that it refused
	 * @return the correction, {@code null} if there are no such parameters
	 */
	static @Nullable Correction excluding(String words, SentRequest sent) {
		for (String clause : Clauses.of(words)) {
			if (EXCLUDING.matcher(clause).find()) {
				List<String> mentioned = in(clause, sent);
				if (mentioned.size() > 1) {
					String dropped = least(mentioned);
					mentioned.remove(dropped);
					return new Correction.NotBoth(mentioned.get(0), dropped);
				}
			}
		}
		return null;
	}

	/**
	 * Looks for a parameter that is not taken.
	 * @param text what the provider wrote
	 * @param sent the request that it refused
	 * @return the correction, {@code null} if there is no such parameter
	 */
	static @Nullable Correction refused(RefusalText text, SentRequest sent) {
		String told = sent.parameter(text.param());
		if (told != null && CHOICES.contains(name(told))) {
			return new Correction.LeaveOut(told);
		}
		return refused(text.words(), sent);
	}

	private static @Nullable Correction refused(String words, SentRequest sent) {
		for (String clause : Clauses.of(words)) {
			boolean refused = REFUSED.matcher(clause).find() && !VALUE.matcher(clause).find();
			boolean choice = OTHER_CHOICE.matcher(clause).find();
			for (String path : (refused || choice) ? in(clause, sent) : List.<String>of()) {
				if (refused || CHOICES.contains(name(path))) {
					return new Correction.LeaveOut(path);
				}
			}
		}
		return null;
	}

	private static String least(List<String> mentioned) {
		for (String name : LEAST) {
			for (String path : mentioned) {
				if (name(path).equals(name)) {
					return path;
				}
			}
		}
		return mentioned.get(mentioned.size() - 1);
	}

	/** The parameters that a clause mentions, in its order. */
	private static List<String> in(String clause, SentRequest sent) {
		List<String> paths = new ArrayList<>();
		List<Integer> places = new ArrayList<>();
		for (String path : sent.parameters()) {
			int place = place(clause, name(path));
			if (place >= 0) {
				int index = 0;
				while (index < places.size() && places.get(index) < place) {
					index++;
				}
				places.add(index, place);
				paths.add(index, path);
			}
		}
		return paths;
	}

	private static int place(String clause, String name) {
		// The words of the name, joined in any way.
		String words = name.replaceAll("([a-z])([A-Z])", "$1_$2").replace("_", "[_ -]?");
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
		Pattern pattern = pattern(ORDINARY.contains(name) ? quoted : "(?<![\\w-])" + words + "(?![\\w-])");
		Matcher matcher = pattern.matcher(clause);
		return matcher.find() ? matcher.start() : -1;
	}

	private static String name(String path) {
		return path.substring(path.indexOf('.') + 1);
	}

	private static Pattern pattern(String regex) {
		return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
	}

}
