// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.wire.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how long the body of an error asks to wait: in a member such as
 * {@code retry_after}, {@code resets_in_seconds}, Hugging Face's {@code estimated_time}
 * or, among headers that OpenRouter repeats, {@code X-RateLimit-Reset}, or in a sentence,
 * as OpenAI, Groq, Azure, Google and GitHub Models write it: "try again in 7m12s", "retry
 * after 6 seconds". If there are several times, the longest counts.
 */
final class ResetInBody {

	/** Without underscores and hyphens, in lower case. */
	private static final Set<String> MEMBERS = Set.of("retryafter", "retryafterseconds", "retryaftersecs", "retryin",
			"retrydelay", "retryafterms", "resetsin", "resetsinseconds", "resetinseconds", "resetin", "resetafter",
			"resetat", "resetsat", "reset", "resettime", "resetseconds", "xratelimitreset", "ratelimitreset",
			"waitseconds", "waittime", "estimatedtime");

	private static final int DEEPEST = 4;

	private static final Pattern SENTENCE = Pattern
		.compile("(?:\\b(?:again|retry|retrying|resets?|available)\\b[^.;\\d]{0,40}?\\b(?:in|after|for)\\b|\\bwait\\b)"
				+ "[^.;\\d]{0,16}?((?:\\d{1,9}(?:\\.\\d{1,9})?\\s?(?:ms|milliseconds?|hours?|hrs?|h|minutes?|mins?|m"
				+ "|seconds?|secs?|s|days?|d)\\b[\\s,]{0,2}(?:and )?){1,4})", Pattern.CASE_INSENSITIVE);

	/** Units run together, as in 7m12.5s. */
	private static final Pattern JOINED = Pattern.compile(
			"\\b(?:in|after|wait)\\s((?:\\d{1,9}(?:\\.\\d{1,9})?" + "(?:ms|us|ns|d|h|m|s)){2,6})\\b",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s?([a-z]+)",
			Pattern.CASE_INSENSITIVE);

	private ResetInBody() {
	}

	/**
	 * Looks for it.
	 * @param head the response's head
	 * @param json the body
	 * @param message the words in it
	 * @return how long to wait, {@code null} if the body does not say
	 */
	static @Nullable Duration find(ResponseHead head, JsonNode json, String message) {
		Duration told = members(head, json, DEEPEST);
		told = longer(told, sentence(SENTENCE.matcher(message)));
		return longer(told, sentence(JOINED.matcher(message)));
	}

	private static @Nullable Duration members(ResponseHead head, JsonNode node, int deep) {
		Duration longest = null;
		if (node.isObject()) {
			for (var entry : node.properties()) {
				String name = entry.getKey().toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
				if (MEMBERS.contains(name) && entry.getValue().isValueNode()) {
					longest = longer(longest, value(head, entry.getValue().asText(), name.endsWith("ms")));
				}
			}
		}
		if (deep > 0) {
			for (JsonNode child : node) {
				longest = child.isContainerNode() ? longer(longest, members(head, child, deep - 1)) : longest;
			}
		}
		return longest;
	}

	private static @Nullable Duration value(ResponseHead head, String text, boolean millis) {
		Duration told = RateLimits.reset(text, head, Instant.now());
		return (told != null && millis) ? told.dividedBy(1000) : told;
	}

	private static @Nullable Duration sentence(Matcher found) {
		Duration longest = null;
		while (found.find()) {
			BigDecimal millis = BigDecimal.ZERO;
			for (Matcher part = PART.matcher(found.group(1)); part.find();) {
				millis = millis.add(new BigDecimal(part.group(1)).multiply(millisPer(part.group(2))));
			}
			longest = longer(longest, RetryAfter
				.withinBounds(Duration.ofMillis(millis.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue())));
		}
		return longest;
	}

	private static BigDecimal millisPer(String unit) {
		String lower = unit.toLowerCase(Locale.ROOT);
		if (lower.startsWith("ms") || lower.startsWith("milli")) {
			return BigDecimal.ONE;
		}
		return switch (lower.charAt(0)) {
			case 'd' -> BigDecimal.valueOf(Duration.ofDays(1).toMillis());
			case 'h' -> BigDecimal.valueOf(Duration.ofHours(1).toMillis());
			case 'm' -> BigDecimal.valueOf(Duration.ofMinutes(1).toMillis());
			case 's' -> BigDecimal.valueOf(Duration.ofSeconds(1).toMillis());
			default -> BigDecimal.ZERO;
		};
	}

	private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return (one.compareTo(other) >= 0) ? one : other;
	}

}
