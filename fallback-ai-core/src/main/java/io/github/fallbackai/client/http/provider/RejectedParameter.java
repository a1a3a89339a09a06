// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.provider.catalogue.KnownNames;
import io.github.fallbackai.client.http.provider.catalogue.Parameters;

/**
 * The parameter that a provider refuses, if nothing else is wrong with the request. It is
 * told by OpenAI's {@code param} member
 * (<a href= "https://platform.openai.com/docs/guides/error-codes">error codes</a>), by
 * FastAPI's {@code loc}, or by one of the sentences that providers use, in JSON or in
 * plain text.
 */
public final class RejectedParameter {

	/**
	 * This library adds it, not the caller, and it is not important. A provider mentions
	 * it only to refuse it.
	 */
	private static final String OF_OUR_OWN = "stream_options";

	/** Not within a request that is quoted. */
	private static final Pattern MENTION = pattern("stream_options(?![`'\"]?\\s{0,3}[:=]\\s{0,3}\\{)");

	private static final String QUOTE = "[`'\"]";

	private static final String NAME = "([A-Za-z_][A-Za-z0-9_]{0,63})";

	private static final String MAYBE_QUOTED = QUOTE + "?" + NAME;

	private static final String UNKNOWN = "(?:unknown|unsupported|unrecogni[sz]ed|unexpected)";

	private static final String THING = "(?:parameter|field|argument|property|key|name|option)";

	private static final Pattern REFUSAL = pattern(
			"\\b" + UNKNOWN + "\\b|\\bnot (?:supported|allowed|permitted|recogni[sz]ed)\\b|\\bdeprecated\\b");

	/** A few words such as "is an additional property". */
	private static final String COPULA = "[ :]{0,3}(?:(?:is|are|an?|the|currently|additional|extra|" + THING
			+ ") ){0,5}";

	private static final Pattern[] SENTENCES = {
			// OpenAI, older and compatible servers, those written in Go or Rust, Gemini.
			pattern("\\b" + UNKNOWN + " (?:request |keyword )?(?:" + THING + "|value)s?(?: supplied)?:? "
					+ MAYBE_QUOTED),
			// xAI.
			pattern("\\bargument not supported[^:]{0,40}: " + MAYBE_QUOTED),
			// Anthropic, and the libraries for validation that servers use.
			pattern("^" + MAYBE_QUOTED + "([^:]{0,80}): Extra inputs are not permitted"),
			pattern("\\('body', '" + NAME + "'([^)]{0,80})\\)[^)]{0,80}Extra inputs are not permitted"),
			pattern("\\n" + NAME + "\\n {0,4}Extra inputs are not permitted"), pattern("(?:^|" + QUOTE + "|\\b" + THING
					+ " )" + NAME + QUOTE + "?" + COPULA + "(?:" + REFUSAL.pattern() + ")") };

	/** What is between the names of a path. */
	private static final Pattern NO_NAME = Pattern.compile("[^A-Za-z0-9_-]+");

	private RejectedParameter() {
	}

	/**
	 * Looks for the parameter.
	 * @param text what the provider wrote
	 * @return the parameter's name at the top level of the request
	 */
	public static Optional<String> in(RefusalText text) {
		return path(text).map(RejectedParameter::topLevel);
	}

	/**
	 * Whether only a member within the parameter is refused, one that the caller thought
	 * of. Other callers' values of the parameter are accepted.
	 * @param text what the provider wrote
	 */
	public static boolean forAnUnknownMember(RefusalText text) {
		return path(text).filter((path) -> !topLevel(path).equals(path))
			.filter((path) -> !KnownNames.contain(lastName(path)))
			.isPresent();
	}

	private static Optional<String> path(RefusalText text) {
		JsonNode error = text.error();
		return Stream
			.of(byMember(text), byLocation(error.path("detail")), byLocation(error.path("message").path("detail")),
					bySentence(text.words()), MENTION.matcher(text.words()).find() ? OF_OUR_OWN : "")
			.filter((path) -> !topLevel(path).isEmpty())
			.findFirst();
	}

	/** The member alone may also name a parameter of which only the value is wrong. */
	private static String byMember(RefusalText text) {
		boolean refused = Parameters.refusedBy(text.code()) || topLevel(text.param()).equals(OF_OUR_OWN)
				|| REFUSAL.matcher(text.words()).find();
		return refused ? text.param() : "";
	}

	private static String byLocation(JsonNode details) {
		for (JsonNode detail : details) {
			JsonNode location = detail.path("loc");
			boolean forbidden = Parameters.refusedBy(ProviderJson.text(detail, "type"))
					|| REFUSAL.matcher(ProviderJson.text(detail, "msg")).find();
			if (forbidden && location.isArray()) {
				StringBuilder path = new StringBuilder();
				for (int step = "body".equals(location.path(0).asText()) ? 1 : 0; step < location.size(); step++) {
					path.append(path.isEmpty() ? "" : ".").append(location.get(step).asText());
				}
				return path.toString();
			}
		}
		return "";
	}

	private static String bySentence(String message) {
		for (Pattern sentence : SENTENCES) {
			Matcher matcher = sentence.matcher(message);
			if (matcher.find()) {
				String within = (matcher.groupCount() > 1) ? matcher.group(2) : "";
				return matcher.group(1) + NO_NAME.matcher(within).replaceAll(".");
			}
		}
		return "";
	}

	private static Pattern pattern(String regex) {
		return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
	}

	private static String topLevel(String path) {
		int end = 0;
		while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
			end++;
		}
		return path.substring(0, end);
	}

	/** The last step that is no number. */
	private static String lastName(String path) {
		return NO_NAME.splitAsStream(path)
			.filter((step) -> !step.isEmpty() && !Character.isDigit(step.charAt(0)))
			.reduce("", (earlier, later) -> later);
	}

}
