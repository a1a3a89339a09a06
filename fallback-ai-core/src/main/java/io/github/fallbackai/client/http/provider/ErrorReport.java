// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.provider.catalogue.Meaning;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * The error that a response reports, read from any of the shapes that providers and
 * compatible servers use: see {@link ErrorShapes}.
 *
 * @param head status and headers of the response
 * @param body the kind of its body
 * @param code the provider's error code, empty if there is none
 * @param type the provider's error type, empty if there is none
 * @param param the part of the request that the provider names, empty if it names none
 * @param number an HTTP status within the body, 0 if there is none
 * @param message the provider's words, or a body of text, empty if there are none
 * @param retryDelay how long the body asks to wait, {@code null} if it does not
 */
public record ErrorReport(ResponseHead head, Body body, String code, String type, String param, int number,
		String message, @Nullable Duration retryDelay) {

	/**
	 * What a body is made of.
	 */
	public enum Body {

		/** An error as a provider writes it. */
		PROVIDER_ERROR,

		/** A page of markup. */
		HTML,

		/** Nothing, or a shape that is not only written by providers. */
		OTHER

	}

	/** A report about a response whose body says nothing. */
	public static ErrorReport of(ResponseHead head) {
		return of(head, Body.OTHER, "");
	}

	/** Reads the body of a response that is no success. */
	public static ErrorReport of(ResponseHead head, byte[] body) {
		byte[] content = ErrorBody.unwrap(body);
		if (HtmlPage.is(head, content)) {
			return of(head, Body.HTML, "");
		}
		JsonNode json = ProviderJson.read(content);
		if (json == null) {
			return of(head, Body.OTHER, ErrorShapes.text(content));
		}
		return describesError(json) ? of(head, json) : of(head);
	}

	private static ErrorReport of(ResponseHead head, Body body, String message) {
		return new ErrorReport(head, body, "", "", "", 0, message, null);
	}

	/**
	 * Reads an error from JSON, in the body of any response or in an event of a stream.
	 */
	public static ErrorReport of(ResponseHead head, JsonNode json) {
		return ErrorShapes.read(head, json);
	}

	/** The error that an event reports, as JSON or as a plain text. */
	public static JsonNode json(String data) {
		JsonNode json = ProviderJson.read(data);
		if (json != null && json.isContainerNode()) {
			return json;
		}
		return ProviderJson.MAPPER.createObjectNode().put("error", (json != null) ? json.asText() : data);
	}

	/** Whether a JSON value is an error and not an answer. */
	public static boolean describesError(JsonNode json) {
		return ErrorShapes.describesError(json);
	}

	/** Makes a failure of the report. */
	public Failure as(FailureKind kind) {
		return as(Meaning.of(kind));
	}

	/** Makes a failure of the report. */
	Failure as(Meaning meaning) {
		String number = (this.number != 0) ? String.valueOf(this.number) : null;
		String typeOrNumber = this.type.isEmpty() ? number : this.type;
		return Failure.of(meaning.kind())
			.need(meaning.need())
			.httpStatus(this.head.status())
			.providerCode(this.code.isEmpty() ? typeOrNumber : this.code)
			.requestId(RequestId.of(this.head))
			.retryAfter(retryAfter())
			.providerMessage(this.message.isEmpty() ? null : this.message)
			.replaySafety(StatusKinds.replaySafety(this.head.status()))
			.build();
	}

	/**
	 * The status that says most: the response's own, or, within a success, the one in the
	 * body; else 0.
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

	@Override
	public String toString() {
		return "ErrorReport[" + this.head.status() + ", " + this.body + "]";
	}

}
