// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.provider.catalogue.KnownCodes;
import io.github.fallbackai.client.http.wire.ResponseHead;

/**
 * The shapes that errors come in: {@code {"error": {"message", "type", "code"}}}, the
 * same without the envelope or within an array, {@code error} as a text, a numeric code,
 * FastAPI's {@code detail}, AWS's {@code __type}, MiniMax's {@code base_resp}, and an
 * error of another provider within OpenRouter's {@code metadata} or within the words of a
 * proxy.
 */
final class ErrorShapes {

	private static final int MAX_MESSAGE = 2000;

	private static final int TWO_BYTES_EACH = 2;

	/** Most characters of a code, a type or the name of a parameter. */
	private static final int LONGEST_NAME = 200;

	private static final Pattern WORD_OF_A_MACHINE = Pattern.compile("[A-Z][A-Z0-9_]+");

	/** Members that hold the words, the most telling one first. */
	private static final List<String> MESSAGES = List.of("message", "detail", "error_msg", "Message", "error_message",
			"errorMessage", "error_description");

	/**
	 * Members that hold the code, if it is a text. Databricks and Novita have the later
	 * ones.
	 */
	private static final List<String> CODES = List.of("code", "error_code", "errorCode", "reason");

	private ErrorShapes() {
	}

	static ErrorReport read(ResponseHead head, JsonNode json) {
		JsonNode error = unwrap(json);
		JsonNode inner = InnerError.of(error, message(error));
		if (inner != null && describesError(inner) && KnownCodes.find(code(error)) == null) {
			return within(error, read(head, inner));
		}
		ErrorDetails details = ErrorDetails.of(error);
		String code = code(error);
		String param = ProviderJson.text(error, "param");
		// Xiaomi writes what is wrong where the name of the parameter belongs.
		String message = bounded(message(error) + (param.indexOf(' ') > 0 ? ": " + param : ""));
		Duration delay = ResetInBody.find(head, json, message);
		if (delay == null || (details.retryDelay() != null && details.retryDelay().compareTo(delay) > 0)) {
			delay = details.retryDelay();
		}
		return new ErrorReport(head, ofProvider(json) ? ErrorReport.Body.PROVIDER_ERROR : ErrorReport.Body.OTHER,
				code.isEmpty() ? details.reason() : code, type(error),
				(param.indexOf(' ') > 0) ? "" : name(error, "param"),
				number(error.path("error"), error.path("code"), error.path("status")), message, delay);
	}

	/** The router's own words say only that its provider reported an error. */
	private static ErrorReport within(JsonNode router, ErrorReport inner) {
		int number = number(router.path("code"));
		return new ErrorReport(inner.head(), ErrorReport.Body.PROVIDER_ERROR, inner.code(), inner.type(), inner.param(),
				(number != 0) ? number : inner.number(), inner.message(), inner.retryDelay());
	}

	/** Whether a JSON value is an error rather than an answer. */
	static boolean describesError(JsonNode json) {
		JsonNode object = first(json);
		if (hasError(object) || "error".equals(object.path("object").asText()) || baseResponse(object) != 0) {
			return true;
		}
		return !object.has("choices") && (MESSAGES.stream().anyMatch(object::hasNonNull) || object.hasNonNull("__type")
				|| first(object.path("errors")).isObject()
				|| (object.hasNonNull("msg") && failed(object.path("code"))));
	}

	/** Some servers say with a zero that all is well. */
	private static boolean failed(JsonNode code) {
		return code.isTextual() || code.asInt() != 0;
	}

	/**
	 * Whether a provider wrote it. Web frameworks and proxies write flat objects with
	 * {@code message}, {@code detail} or {@code error} as a text.
	 */
	private static boolean ofProvider(JsonNode json) {
		JsonNode object = first(json);
		JsonNode error = object.path("error");
		if (error.isObject()) {
			return !message(error).isEmpty() || error.hasNonNull("type") || error.hasNonNull("code");
		}
		if (error.isTextual()) {
			return object.path("code").isTextual();
		}
		boolean told = object.hasNonNull("message");
		return "error".equals(object.path("object").asText()) || baseResponse(object) != 0 || object.has("__type")
				|| first(object.path("errors")).hasNonNull("message") || (told
						&& (object.path("type").isTextual() || CODES.stream().anyMatch((name) -> coded(object, name))));
	}

	/** A body that is no JSON. */
	static String text(byte[] body) {
		String text = new String(body, 0, Math.min(body.length, TWO_BYTES_EACH * MAX_MESSAGE), StandardCharsets.UTF_8);
		return bounded(text.strip());
	}

	private static JsonNode first(JsonNode json) {
		return json.isArray() ? json.path(0) : json;
	}

	private static JsonNode unwrap(JsonNode json) {
		JsonNode object = first(json);
		JsonNode error = object.path("error");
		if (hasError(object) && error.isContainerNode()) {
			return first(error);
		}
		JsonNode errors = first(object.path("errors"));
		return errors.isObject() ? errors : object;
	}

	/**
	 * Some servers put an empty {@code error} into every chunk. Others write only a
	 * number, or {@code true}.
	 */
	private static boolean hasError(JsonNode object) {
		JsonNode error = object.path("error");
		if (error.isContainerNode()) {
			return !error.isEmpty();
		}
		return error.isTextual() ? !error.asText().isBlank() : error.asBoolean();
	}

	private static int baseResponse(JsonNode object) {
		return object.path("base_resp").path("status_code").asInt(0);
	}

	private static String code(JsonNode error) {
		if (baseResponse(error) != 0) {
			return "base_resp." + baseResponse(error);
		}
		return CODES.stream()
			.filter((member) -> coded(error, member))
			.map((member) -> name(error, member))
			.findFirst()
			.orElse("");
	}

	/** Kubernetes gives reasons, too, but in words. */
	private static boolean coded(JsonNode error, String member) {
		String code = name(error, member);
		return !code.isEmpty() && (!member.equals("reason") || WORD_OF_A_MACHINE.matcher(code).matches());
	}

	private static String type(JsonNode error) {
		String type = name(error, "type");
		if (type.isEmpty()) {
			type = name(error, "error_type");
		}
		if (type.isEmpty()) {
			String name = name(error, "__type");
			type = name.substring(name.indexOf('#') + 1);
		}
		return type.isEmpty() ? name(error, "status") : type;
	}

	private static String message(JsonNode error) {
		JsonNode message = MESSAGES.stream()
			.filter(error::hasNonNull)
			.findFirst()
			.map(error::path)
			.orElseGet(() -> error.hasNonNull("error") ? error.path("error") : error.path("msg"));
		if (baseResponse(error) != 0) {
			message = error.path("base_resp").path("status_msg");
		}
		if (message.path("detail").isArray()) {
			message = message.path("detail");
		}
		if (message.isArray() && message.path(0).hasNonNull("msg")) {
			return violations(message);
		}
		return message.isMissingNode() ? "" : message.isValueNode() ? message.asText() : message.toString();
	}

	/** What a library for validation found, each with the path to it. */
	private static String violations(JsonNode details) {
		StringBuilder text = new StringBuilder();
		for (JsonNode detail : details) {
			StringBuilder path = new StringBuilder();
			for (JsonNode step : detail.path("loc")) {
				if (!path.isEmpty() || !step.asText().equals("body")) {
					path.append(path.isEmpty() ? "" : ".").append(step.asText());
				}
			}
			text.append(text.isEmpty() ? "" : "\n").append(path).append(path.isEmpty() ? "" : ": ");
			text.append(ProviderJson.text(detail, "msg"));
		}
		return text.toString();
	}

	private static int number(JsonNode... candidates) {
		for (JsonNode candidate : candidates) {
			int value = candidate.asInt(0);
			if (value >= 400 && value < 600) {
				return value;
			}
		}
		return 0;
	}

	/** A longer text is no name. A part of it would be another name. */
	static String name(JsonNode object, String member) {
		JsonNode node = object.path(member);
		return (node.isTextual() && node.textValue().length() <= LONGEST_NAME) ? node.textValue() : "";
	}

	static String bounded(String text) {
		return (text.length() > MAX_MESSAGE) ? text.substring(0, MAX_MESSAGE) : text;
	}

}
