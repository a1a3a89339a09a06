// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The typed details that Google adds to its errors: {@code google.rpc.ErrorInfo} and
 * {@code google.rpc.RetryInfo}, see
 * <a href="https://cloud.google.com/apis/design/errors">its API design guide</a>.
 *
 * @param reason the reason of the error info, empty if there is none
 * @param retryDelay how long the retry info asks to wait, {@code null} if it does not
 */
record ErrorDetails(String reason, @Nullable Duration retryDelay) {

	static ErrorDetails of(JsonNode error) {
		String reason = "";
		Duration retryDelay = null;
		for (JsonNode detail : error.path("details")) {
			String type = ProviderJson.text(detail, "@type");
			if (type.endsWith("google.rpc.ErrorInfo")) {
				reason = ErrorShapes.name(detail, "reason");
			}
			else if (type.endsWith("google.rpc.RetryInfo")) {
				retryDelay = duration(ProviderJson.text(detail, "retryDelay"));
			}
		}
		return new ErrorDetails(reason, retryDelay);
	}

	/** A duration in Google's JSON: seconds, followed by {@code s}. */
	private static @Nullable Duration duration(String text) {
		return text.endsWith("s") ? RetryAfter.seconds(text.substring(0, text.length() - 1)) : null;
	}

}
