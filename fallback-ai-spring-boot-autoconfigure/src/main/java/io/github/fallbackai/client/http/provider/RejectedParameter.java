package io.github.fallbackai.client.http.provider;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.wire.ResponseHead;

/**
 * The parameter that a provider refuses, if that is all it has against a request: told by
 * OpenAI's {@code param} member
 * (<a href= "https://platform.openai.com/docs/guides/error-codes">error codes</a>), by
 * FastAPI's {@code loc}, or in one of the sentences that providers use.
 */
public final class RejectedParameter {

	private static final Set<String> CODES = Set.of("unsupported_value", "unsupported_parameter", "unknown_parameter");

	private static final Set<String> EXTRA_FORBIDDEN = Set.of("extra_forbidden", "value_error.extra");

	private static final String NAME = "[`'\"]?([A-Za-z_][A-Za-z0-9_]{0,63})";

	/** OpenAI, older and compatible servers, Anthropic, Gemini; in this order. */
	private static final Pattern[] SENTENCES = {
			Pattern.compile("^Unsupported (?:parameter|value): " + NAME, Pattern.CASE_INSENSITIVE),
			Pattern.compile("^Unrecognized request arguments? supplied: " + NAME, Pattern.CASE_INSENSITIVE),
			Pattern.compile("^Un(?:known|recognized) (?:parameter|field|argument):? " + NAME, Pattern.CASE_INSENSITIVE),
			Pattern.compile("^" + NAME + "[^:]{0,80}: Extra inputs are not permitted", Pattern.CASE_INSENSITIVE),
			Pattern.compile("^" + NAME + "[`'\"]? is (?:deprecated|not supported) for this model",
					Pattern.CASE_INSENSITIVE),
			Pattern.compile("Unknown name " + NAME + "\"?: Cannot find field", Pattern.CASE_INSENSITIVE) };

	private RejectedParameter() {
	}

	/**
	 * Looks for the parameter.
	 * @param head status and headers of a response that is no success
	 * @param body its body
	 * @return the parameter's name at the top level of the request
	 */
	public static Optional<String> in(ResponseHead head, byte[] body) {
		if (head.status() != 400 && head.status() != 422) {
			return Optional.empty();
		}
		JsonNode json = ProviderJson.read(body);
		if (json == null) {
			return Optional.empty();
		}
		JsonNode error = json.path("error").isObject() ? json.path("error") : json;
		return Stream
			.of(byCode(error), byLocation(error.path("detail")), byLocation(error.path("message").path("detail")),
					bySentence(ErrorReport.of(head, body).message()))
			.filter((name) -> !name.isEmpty())
			.findFirst();
	}

	private static String byCode(JsonNode error) {
		String code = ProviderJson.text(error, "code").toLowerCase(Locale.ROOT);
		return CODES.contains(code) ? topLevel(ProviderJson.text(error, "param")) : "";
	}

	private static String byLocation(JsonNode details) {
		for (JsonNode detail : details) {
			JsonNode location = detail.path("loc");
			if (EXTRA_FORBIDDEN.contains(ProviderJson.text(detail, "type")) && location.isArray()) {
				boolean inBody = "body".equals(location.path(0).asText());
				return topLevel(location.path(inBody ? 1 : 0).asText());
			}
		}
		return "";
	}

	private static String bySentence(String message) {
		for (Pattern sentence : SENTENCES) {
			Matcher matcher = sentence.matcher(message);
			if (matcher.find()) {
				return matcher.group(1);
			}
		}
		return "";
	}

	private static String topLevel(String path) {
		int end = 0;
		while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
			end++;
		}
		return path.substring(0, end);
	}

}
