// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Says in headers which endpoint answered.
 */
final class AnswerHeaders {

	static final String ENDPOINT = "x-fallback-ai-endpoint";

	static final String MODEL = "x-fallback-ai-model";

	static final String ATTEMPTS = "x-fallback-ai-attempts";

	static final String ESTIMATED = "x-fallback-ai-estimated";

	static final String LEFT_OUT = "x-fallback-ai-left-out";

	private static final int MAX_LENGTH = 200;

	private AnswerHeaders() {
	}

	static void add(HttpHeaders headers, @Nullable String endpoint, @Nullable String model, int attempts) {
		if (endpoint != null) {
			headers.set(ENDPOINT, safe(endpoint));
		}
		if (model != null) {
			headers.set(MODEL, safe(model));
		}
		headers.set(ATTEMPTS, String.valueOf(attempts));
	}

	/** No endpoint was asked; the answer is an estimate. */
	static void addEstimate(HttpHeaders headers, String endpoint, String model) {
		add(headers, endpoint, model, 0);
		headers.set(ESTIMATED, "true");
	}

	/** What the client sent and the endpoints did not get. */
	static void addLeftOut(HttpHeaders headers, Set<String> names) {
		if (!names.isEmpty()) {
			headers.set(LEFT_OUT, String.join(", ", names));
		}
	}

	/** A model's name comes from its provider and may contain any character. */
	static String safe(String text) {
		StringBuilder safe = new StringBuilder();
		text.chars()
			.limit(MAX_LENGTH)
			.forEach((character) -> safe.append((character >= ' ' && character < 127) ? (char) character : '?'));
		return safe.toString();
	}

}
