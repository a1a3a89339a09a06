// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
		if (told != null && CHOICES.contains(Mention.name(told))) {
			return new Correction.LeaveOut(told);
		}
		return refused(text.words(), sent);
	}

	private static @Nullable Correction refused(String words, SentRequest sent) {
		for (String clause : Clauses.of(words)) {
			boolean refused = REFUSED.matcher(clause).find() && !VALUE.matcher(clause).find();
			boolean choice = OTHER_CHOICE.matcher(clause).find();
			for (String path : (refused || choice) ? in(clause, sent) : List.<String>of()) {
				if (refused || CHOICES.contains(Mention.name(path))) {
					return new Correction.LeaveOut(path);
				}
			}
		}
		return null;
	}

	private static String least(List<String> mentioned) {
		for (String name : LEAST) {
			for (String path : mentioned) {
				if (Mention.name(path).equals(name)) {
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
		for (Mention mention : sent.mentions()) {
			int place = mention.in(clause);
			if (place >= 0) {
				int index = 0;
				while (index < places.size() && places.get(index) < place) {
					index++;
				}
				places.add(index, place);
				paths.add(index, mention.path());
			}
		}
		return paths;
	}

	private static Pattern pattern(String regex) {
		return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
	}

}
