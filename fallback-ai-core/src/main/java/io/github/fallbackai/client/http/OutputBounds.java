// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The most and the fewest tokens of output of an endpoint, found in its refusal of
 * another number. Servers name the limit, mostly beside the number that they refuse. The
 * most is the largest number below that one, the fewest the smallest one above it.
 */
final class OutputBounds {

	private static final List<String> PARAMETERS = List.of("max_tokens", "max_completion_tokens", "max_output_tokens",
			"generationConfig.maxOutputTokens");

	/**
	 * The words speak of a limit of output, and say that the requested one is too high.
	 */
	private static final Pattern LIMIT = pattern(
			"\\bmax[_ ]?(?:completion|output|new)?[_ ]?tokens\\b|\\bmaximum tokens\\b"
					+ "|\\b(?:output|completion) tokens\\b");

	private static final Pattern TOO_HIGH = pattern("too (?:large|high|big|long)|exceed|maximum|at most|less than|lower"
			+ "|smaller|greater|larger|range|limit|above|between|up to|less or equal|<=|≤|>");

	/** Perplexity, and OpenAI's responses: 16 tokens at least. */
	private static final Pattern TOO_LOW = pattern(
			"\\bat least\\b|\\bbelow minimum\\b|\\bminimum\\b|greater than or equal|>=|≥|\\btoo (?:low|small)\\b");

	/** No provider wants more as the fewest tokens. */
	private static final long GREATEST_LEAST = 1024;

	/** vLLM: the requested number, the length of the context, and that of the prompt. */
	private static final Pattern OF_CONTEXT = pattern("(\\d{1,9}) > (\\d{1,9}) - (\\d{1,9})");

	/** A number that is not a part of a model's name, and the word that follows it. */
	private static final Pattern NUMBER = pattern(
			"(?<![\\w.,-])(\\d{1,3}(?:,\\d{3}){1,2}|\\d{1,9})(?![\\w-]|[.,]\\d)(\\W{0,4}exclusive)?");

	/** A number that is itself too high. */
	private static final Pattern BELOW = pattern(
			"(?:lower|less|smaller) than (?!or )\\W{0,2}$|\\bbelow \\W{0,2}$|< ?$");

	private OutputBounds() {
	}

	/**
	 * Looks for the limit.
	 * @param words what the provider wrote
	 * @param sent the request that it refused
	 * @return the correction, {@code null} if no limit is named
	 */
	static @Nullable Correction find(String words, SentRequest sent) {
		if (!LIMIT.matcher(words).find()) {
			return null;
		}
		for (String parameter : PARAMETERS) {
			long asked = BodyPath.of(sent.body(), parameter).asLong();
			if (asked > 0) {
				Correction lower = TOO_HIGH.matcher(words).find() ? lower(words, parameter, asked) : null;
				return (lower == null && TOO_LOW.matcher(words).find()) ? raise(words, parameter, asked) : lower;
			}
		}
		return null;
	}

	private static @Nullable Correction raise(String words, String parameter, long asked) {
		long least = Long.MAX_VALUE;
		Matcher number = NUMBER.matcher(words);
		while (number.find()) {
			long value = Long.parseLong(number.group(1).replace(",", ""));
			least = (value > asked) ? Math.min(least, value) : least;
		}
		return (least <= GREATEST_LEAST) ? new Correction.Raise(parameter, least) : null;
	}

	private static @Nullable Correction lower(String words, String parameter, long asked) {
		Matcher ofContext = OF_CONTEXT.matcher(words);
		if (ofContext.find()) {
			long left = Long.parseLong(ofContext.group(2)) - Long.parseLong(ofContext.group(3));
			return (left > 0 && left < asked) ? new Correction.Lower(parameter, left, false) : null;
		}
		long most = 1;
		Matcher number = NUMBER.matcher(words);
		while (number.find()) {
			long value = Long.parseLong(number.group(1).replace(",", ""));
			String before = words.substring(Math.max(0, number.start() - 24), number.start());
			if (number.group(2) != null || BELOW.matcher(before).find()) {
				value--;
			}
			most = (value < asked) ? Math.max(most, value) : most;
		}
		return (most > 1) ? new Correction.Lower(parameter, most, true) : null;
	}

	private static Pattern pattern(String regex) {
		return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
	}

}
