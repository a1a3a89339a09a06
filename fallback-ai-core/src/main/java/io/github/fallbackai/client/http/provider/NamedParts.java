// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The parts of a request that a provider names when it says what is wrong: told by
 * OpenAI's {@code param}, by FastAPI's {@code loc}, by Google's {@code fieldViolations},
 * or by a path in a sentence, as Anthropic, Bedrock, and the libraries for validation
 * that servers in Python, Go and Rust use write them. These are candidates, because only
 * the request can tell whether it has such a part.
 */
public final class NamedParts {

	private static final String NAME = "([A-Za-z_][A-Za-z0-9_]{0,63})";

	private static final String STEP = "(?:\\.?\\[\\d{1,6}\\]|\\.\\d{1,6}|\\.[A-Za-z_][A-Za-z0-9_]{0,63})";

	/**
	 * A path with at least one step, and a prefix that may come before the request's own
	 * part.
	 */
	private static final Pattern PATH = Pattern
		.compile("(?<![\\w./-])" + NAME + "(?=" + STEP + ")(?:\\." + NAME + ")?" + STEP + "{0,12}");

	private static final List<Pattern> SENTENCES = List.of(
			// Anthropic: the part, then the error.
			pattern("^" + NAME + "(?:" + STEP + "){0,12}: "),
			// Bedrock: a JSON pointer.
			pattern("#/" + NAME + "\\b"), pattern("[\\s'\"`(]/" + NAME + "/\\d"),
			// Pydantic: a location as Python writes it, or a line of its own.
			pattern("\\('body', '" + NAME + "'"), pattern("\\n" + NAME + "\\n {1,4}\\S"),
			// OpenAI and others: the part in quotation marks, and a word that says that
			// it is wrong.
			pattern("[`'\"]" + NAME + "(?:" + STEP
					+ "){0,12}[`'\"](?=[^.;\\n]{0,120}\\b(?:must|should|invalid|required?"
					+ "|missing|expected|empty|between|greater|less|exceeds?|valid|wrong|duplicate|range|not a)\\b)"),
			pattern("\\b(?:must|should|invalid|requires?|missing|expected|empty|valid|wrong|duplicate|malformed)\\b"
					+ "[^.;\\n]{0,80}?[`'\"]" + NAME + "(?:" + STEP + "){0,12}[`'\"]"),
			pattern("\\b" + NAME + "(?: parameter| field| value)? (?:must|should) be\\b"),
			// DeepSeek.
			pattern("\\b(?:invalid|range of|value of|value for) " + NAME + "\\b"));

	private static final Pattern ROLE = pattern(
			"\\b(?:invalid|unknown|valid|unexpected value for) role\\b(?! '\\w+' after)");

	private static final Pattern SCHEMA = pattern(
			"\\binvalid (?:json )?schema\\b|\\bschema (?:is|was) (?:invalid|not valid"
					+ "|malformed)|\\binvalid_function_parameters\\b|\\bschema conversion failed|\\bfailed to parse grammar");

	private static final Pattern UNREADABLE = pattern("\\b(?:could not|couldn't|cannot|can't|failed to|unable to) "
			+ "(?:\\w+ ){0,2}(?:parse|decode|read) (?:\\w+ ){0,4}(?:json|body|request)\\b|\\binvalid json\\b"
			+ "|\\bmalformed json\\b|\\bjson parse error\\b|\\bnot valid json\\b");

	private NamedParts() {
	}

	/**
	 * Looks for parts.
	 * @param text what the provider wrote
	 * @return names at the top level of a request, possibly none
	 */
	public static Set<String> in(RefusalText text) {
		Set<String> names = new LinkedHashSet<>();
		addFirst(text.param(), names);
		locations(text.error().path("detail"), names);
		locations(text.error().path("message").path("detail"), names);
		for (JsonNode detail : text.error().path("details")) {
			detail.path("fieldViolations").forEach((violation) -> addFirst(violation.path("field").asText(), names));
		}
		Matcher path = PATH.matcher(text.words());
		while (path.find()) {
			names.add(path.group(1));
			if (path.group(2) != null) {
				names.add(path.group(2));
			}
		}
		for (Pattern sentence : SENTENCES) {
			sentence.matcher(text.words()).results().forEach((found) -> names.add(found.group(1)));
		}
		return names;
	}

	/**
	 * Whether a role in the conversation is wrong.
	 * @param text what the provider wrote
	 */
	public static boolean blamesRole(RefusalText text) {
		return ROLE.matcher(text.words()).find();
	}

	/**
	 * Whether a JSON schema is wrong.
	 * @param text what the provider wrote
	 */
	public static boolean blamesSchema(RefusalText text) {
		return SCHEMA.matcher(text.words()).find()
				|| text.code().toLowerCase(Locale.ROOT).equals("invalid_function_parameters");
	}

	/**
	 * Whether the provider says that the request is not JSON.
	 * @param text what the provider wrote
	 */
	public static boolean blamesJson(RefusalText text) {
		return UNREADABLE.matcher(text.words()).find();
	}

	private static void locations(JsonNode details, Set<String> names) {
		for (JsonNode detail : details) {
			JsonNode location = detail.path("loc");
			if (location.isArray()) {
				boolean inBody = "body".equals(location.path(0).asText());
				addFirst(location.path(inBody ? 1 : 0).asText(), names);
			}
		}
	}

	private static void addFirst(String path, Set<String> names) {
		Matcher name = Pattern.compile(NAME).matcher(path);
		if (name.lookingAt()) {
			names.add(name.group(1));
		}
	}

	private static Pattern pattern(String regex) {
		return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
	}

}
