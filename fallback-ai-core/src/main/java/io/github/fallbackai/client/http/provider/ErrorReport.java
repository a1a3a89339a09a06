package io.github.fallbackai.client.http.provider;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * What a response says went wrong, read from any of the shapes that providers and the
 * servers compatible with them use: {@code {"error": {"message", "type", "code"}}}, the
 * same without the envelope or within an array, {@code error} as a text, a numeric code,
 * FastAPI's {@code detail}.
 *
 * @param head status and headers of the response
 * @param body what its body is made of
 * @param code the provider's error code, empty if there is none
 * @param type the provider's error type, empty if there is none
 * @param number an HTTP status told within the body, 0 if there is none
 * @param message the provider's words, empty if there are none
 * @param retryDelay how long the body asks to wait, {@code null} if it does not
 */
public record ErrorReport(ResponseHead head, Body body, String code, String type, int number, String message,
		@Nullable Duration retryDelay) {

	private static final int MAX_MESSAGE = 2000;

	/**
	 * What a body is made of.
	 */
	public enum Body {

		/** An error as a provider writes it. */
		PROVIDER_ERROR,

		/** A page of markup. */
		HTML,

		/** Nothing, or something else. */
		OTHER

	}

	/** A report about a response whose body says nothing. */
	public static ErrorReport of(ResponseHead head) {
		return new ErrorReport(head, Body.OTHER, "", "", 0, "", null);
	}

	/** Reads the body of a response that is no success. */
	public static ErrorReport of(ResponseHead head, byte[] body) {
		byte[] content = ErrorBody.unwrap(body);
		if (HtmlPage.is(head, content)) {
			return new ErrorReport(head, Body.HTML, "", "", 0, "", null);
		}
		JsonNode json = ProviderJson.read(content);
		return (json != null && describesError(json)) ? of(head, json) : of(head);
	}

	/**
	 * Reads an error from JSON, in the body of any response or in an event of a stream.
	 */
	public static ErrorReport of(ResponseHead head, JsonNode json) {
		JsonNode error = unwrap(json);
		if (error.isTextual()) {
			return new ErrorReport(head, Body.PROVIDER_ERROR, "", "", 0, bounded(error.asText()), null);
		}
		JsonNode code = error.path("code");
		String type = ProviderJson.text(error, "type");
		ErrorDetails details = ErrorDetails.of(error);
		return new ErrorReport(head, Body.PROVIDER_ERROR, code.isTextual() ? code.asText() : details.reason(),
				type.isEmpty() ? textOnly(error.path("status")) : type,
				number(error.path("error"), code, error.path("status")), bounded(message(error)), details.retryDelay());
	}

	/** Whether a JSON value is an error rather than an answer. */
	public static boolean describesError(JsonNode json) {
		JsonNode object = json.isArray() ? json.path(0) : json;
		if (hasError(object) || "error".equals(object.path("object").asText())) {
			return true;
		}
		return !object.has("choices") && (object.hasNonNull("message") || object.hasNonNull("detail")
				|| object.path("errors").path(0).isObject());
	}

	/** Makes a failure of the report. */
	public Failure as(FailureKind kind) {
		String number = (this.number != 0) ? String.valueOf(this.number) : null;
		String typeOrNumber = this.type.isEmpty() ? number : this.type;
		return Failure.of(kind)
			.httpStatus(this.head.status())
			.providerCode(this.code.isEmpty() ? typeOrNumber : this.code)
			.requestId(RequestId.of(this.head))
			.retryAfter(retryAfter())
			.providerMessage(this.message.isEmpty() ? null : this.message)
			.replaySafety(StatusKinds.replaySafety(this.head.status()))
			.build();
	}

	/**
	 * The status that says most: the response's own, or within a success the one told in
	 * the body; else 0.
	 */
	int status() {
		return this.head.success() ? this.number : this.head.status();
	}

	/** The longer of what headers and body say. */
	private @Nullable Duration retryAfter() {
		Duration told = RetryAfter.of(this.head, Instant.now());
		if (told == null || this.retryDelay == null) {
			return (told != null) ? told : this.retryDelay;
		}
		return (told.compareTo(this.retryDelay) > 0) ? told : this.retryDelay;
	}

	private static JsonNode unwrap(JsonNode json) {
		JsonNode object = json.isArray() ? json.path(0) : json;
		JsonNode error = object.path("error");
		if (hasError(object) && (error.isContainerNode() || error.isTextual())) {
			return error;
		}
		return object.path("errors").path(0).isObject() ? object.path("errors").path(0) : object;
	}

	/**
	 * Some servers put an empty {@code error} into every chunk, others write no more than
	 * a number, or {@code true}.
	 */
	private static boolean hasError(JsonNode object) {
		JsonNode error = object.path("error");
		if (error.isContainerNode()) {
			return !error.isEmpty();
		}
		return error.isTextual() ? !error.asText().isBlank() : error.asBoolean();
	}

	private static String message(JsonNode error) {
		JsonNode message = error.hasNonNull("message") ? error.path("message") : error.path("detail");
		if (message.isArray() && message.path(0).hasNonNull("msg")) {
			message = message.path(0).path("msg");
		}
		if (message.isMissingNode()) {
			return "";
		}
		return message.isValueNode() ? message.asText() : message.toString();
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

	private static String textOnly(JsonNode node) {
		return node.isTextual() ? node.asText() : "";
	}

	private static String bounded(String text) {
		return (text.length() > MAX_MESSAGE) ? text.substring(0, MAX_MESSAGE) : text;
	}

	@Override
	public String toString() {
		return "ErrorReport[" + this.head.status() + ", " + this.body + "]";
	}

}
