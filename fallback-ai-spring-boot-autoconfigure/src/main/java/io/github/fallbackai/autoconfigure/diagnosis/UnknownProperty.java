// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.LettersAndDigits;
import org.jspecify.annotations.Nullable;

/**
 * A property that does not exist, and what its author may have meant.
 *
 * @param reason what is wrong with it, {@code null} if it resembles no property and may
 * be of another version
 * @param cure what to do about it
 * @param renamed whether an earlier version had it
 */
record UnknownProperty(@Nullable String reason, String cure, boolean renamed) {

	/** What other products call them. */
	private static final Map<String, String> SYNONYMS = Map.of("baseurl", "url", "apibase", "url", "uri", "url",
			"endpoint", "url", "key", "api-key", "token", "api-key", "modelname", "model", "modelid", "model");

	/** Former names of properties, by the end of the name. */
	private static final Map<String, String> FORMER = Map.of("retry.on", "kinds");

	/** What is left of on, off, yes and no when YAML reads them as keys. */
	private static final Set<String> YAML_BOOLEANS = Set.of("true", "false");

	private static final String NOT_HERE = "there is no such property at this place";

	private static final String PARAMETERS = ".parameters";

	/** More places than these say less. */
	private static final int MOST_PLACES = 3;

	/**
	 * Finds out what was meant.
	 * @param above the full name of the property's parent
	 * @param element the property's name there
	 * @param siblings the properties that exist at its place
	 * @return what was meant
	 */
	static UnknownProperty of(String above, String element, KnownProperties siblings) {
		String former = FORMER.get(above.substring(above.lastIndexOf('.') + 1) + '.' + element);
		if (former != null) {
			return new UnknownProperty("it is called " + former + " now", "Rename it to " + former + ".", true);
		}
		if (YAML_BOOLEANS.contains(element)) {
			return yamlBoolean(above);
		}
		if (above.endsWith(PARAMETERS)) {
			return new UnknownProperty(NOT_HERE,
					"Move it below " + above + ".set to force it into every request, or below " + above
							+ ".default to add it to the requests that do not have it.",
					false);
		}
		String letters = LettersAndDigits.of(element);
		String sibling = Spelling.within(1, letters, siblings.types().keySet());
		if (sibling != null) {
			return meant(sibling);
		}
		List<String> places = siblings.pathsTo(letters).stream().map((path) -> above + '.' + path).toList();
		if (!places.isEmpty()) {
			return misplaced(places);
		}
		String synonym = SYNONYMS.getOrDefault(letters, "");
		String meant = siblings.types().containsKey(synonym) ? synonym
				: Spelling.nearest(letters, siblings.types().keySet());
		if (meant != null) {
			return meant(meant);
		}
		places = anywhere(letters);
		return !places.isEmpty() ? misplaced(places)
				: new UnknownProperty(null, "Correct or remove it. Known here: " + siblings.names() + ".", false);
	}

	private static UnknownProperty yamlBoolean(String above) {
		boolean retry = above.endsWith(".retry");
		return new UnknownProperty("YAML reads the keys on, off, yes and no as true or false",
				retry ? "Rename it to kinds, as retry.on is called now." : "Put the key in quotation marks.", retry);
	}

	private static List<String> anywhere(String letters) {
		KnownProperties all = KnownProperties.of(FallbackAiProperties.class);
		return Stream.ofNullable(all)
			.flatMap((root) -> root.pathsTo(letters).stream())
			.map((path) -> FallbackAiProperties.PREFIX + '.' + path)
			.toList();
	}

	/**
	 * Says that something has properties where its author wrote a list.
	 * @param above the full name of what has properties
	 * @param properties the properties
	 */
	static UnknownProperty elementOf(String above, KnownProperties properties) {
		return new UnknownProperty("is an element of a list, but " + above + " is none",
				"Set any of these below it instead: " + properties.names() + ".", false);
	}

	/**
	 * Says that something has names where its author wrote a list.
	 * @param above the full name of what has names
	 */
	static UnknownProperty elementOf(String above) {
		return new UnknownProperty("is an element of a list, but what is below " + above + " has names",
				"Write a name and a colon in place of each dash.", false);
	}

	private static UnknownProperty meant(String name) {
		return new UnknownProperty("there is no such property", "Did you mean " + name + "?", false);
	}

	private static UnknownProperty misplaced(List<String> places) {
		return new UnknownProperty(NOT_HERE,
				"Move it to " + String.join(" or ", places.subList(0, Math.min(places.size(), MOST_PLACES))) + ".",
				false);
	}

}
