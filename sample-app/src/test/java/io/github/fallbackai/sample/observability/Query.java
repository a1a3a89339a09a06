// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.observability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PromQL query asks for. Understands as much of the language as our dashboard and
 * alerts use, and refuses functions it does not know.
 *
 * @param selectors the series it selects
 * @param groupings the labels by which it groups
 * @param omissions the labels without which it groups
 */
record Query(List<Selector> selectors, Set<String> groupings, Set<String> omissions) {

	private static final Set<String> FUNCTIONS = Set.of("sum", "min", "max", "rate", "increase", "histogram_quantile",
			"min_over_time");

	private static final Set<String> OPERATORS = Set.of("and", "or", "unless");

	private static final Pattern GROUPING = Pattern.compile("\\b(by|without)\\s*\\(([^)]*)\\)");

	private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");

	private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_]\\w*)\\s*(\\{[^}]*}|\\()?");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|=)\\s*\"([^\"]*)\"");

	static Query parse(String text) {
		if (text.chars().filter((c) -> c == '(').count() != text.chars().filter((c) -> c == ')').count()) {
			throw new IllegalArgumentException("brackets do not match: " + text);
		}
		Set<String> groupings = new TreeSet<>();
		Set<String> omissions = new TreeSet<>();
		String rest = GROUPING.matcher(text).replaceAll((grouping) -> {
			Set<String> labels = "by".equals(grouping.group(1)) ? groupings : omissions;
			labels.addAll(List.of(grouping.group(2).trim().split("\\s*,\\s*")));
			return " ";
		});
		rest = RANGE.matcher(rest).replaceAll(" ");
		List<Selector> selectors = new ArrayList<>();
		SELECTOR.matcher(rest).results().forEach((word) -> add(word, selectors, text));
		return new Query(selectors, groupings, omissions);
	}

	private static void add(MatchResult word, List<Selector> selectors, String text) {
		String name = word.group(1);
		String suffix = word.group(2);
		if (OPERATORS.contains(name)) {
			return;
		}
		if (!"(".equals(suffix)) {
			selectors.add(new Selector(name, (suffix != null) ? matchers(suffix) : Map.of()));
		}
		else if (!FUNCTIONS.contains(name)) {
			throw new IllegalArgumentException("unknown function " + name + ": " + text);
		}
	}

	private static Map<String, String> matchers(String text) {
		Map<String, String> matchers = new LinkedHashMap<>();
		Matcher matcher = MATCHER.matcher(text);
		while (matcher.find()) {
			matchers.put(matcher.group(1), matcher.group(2));
		}
		return matchers;
	}

	/**
	 * Series of one name.
	 *
	 * @param name the name
	 * @param matchers pattern of the value, by label
	 */
	record Selector(String name, Map<String, String> matchers) {

	}

}
