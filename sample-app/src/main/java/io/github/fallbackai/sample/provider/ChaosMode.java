// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.provider;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.fallbackai.test.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What can be wrong with a simulated provider.
 */
public enum ChaosMode {

	/** Nothing. */
	HEALTHY("healthy"),

	/** Too many requests, with a Retry-After of five seconds. */
	RATE_LIMITED("429"),

	/** Internal server error. */
	BROKEN("500"),

	/** Overloaded. */
	OVERLOADED("503"),

	/** Accepts the request and sends nothing. */
	HANG("hang"),

	/** Sends the beginning of an answer, then nothing more. */
	HANG_MID_STREAM("hang-mid-stream"),

	/** Sends the beginning of an answer, then drops the connection. */
	CUT_MID_STREAM("cut-mid-stream"),

	/** Accepts no connection and drops those it has. */
	REFUSE("refuse"),

	/** Answers with the web page of some proxy. */
	GARBAGE("garbage");

	/**
	 * Words of the beginning of an answer: enough to be visible, and few enough that most
	 * of the answer is missing.
	 */
	private static final int BEGINNING = 40;

	private final String id;

	ChaosMode(String id) {
		this.id = id;
	}

	static Optional<ChaosMode> find(@Nullable String id) {
		return Arrays.stream(values()).filter((mode) -> mode.id.equals(id)).findFirst();
	}

	static String ids() {
		return Arrays.stream(values()).map(ChaosMode::id).collect(Collectors.joining(", "));
	}

	/** The name in the HTTP API. */
	@JsonValue
	public String id() {
		return this.id;
	}

	/** The outcome of a request that would otherwise have the given outcome. */
	Outcome applyTo(Outcome healthy) {
		return switch (this) {
			case HEALTHY, REFUSE -> healthy;
			case RATE_LIMITED -> Outcome.status(429).withHeader("Retry-After", "5");
			case BROKEN -> Outcome.status(500);
			case OVERLOADED -> Outcome.status(503);
			case HANG -> healthy.hangBeforeHeaders();
			case HANG_MID_STREAM -> healthy.hangAfterTokens(BEGINNING);
			case CUT_MID_STREAM -> healthy.cutAfterTokens(BEGINNING);
			case GARBAGE -> Outcome.raw(200, "text/html", "<html><body>Be right back</body></html>");
		};
	}

}
