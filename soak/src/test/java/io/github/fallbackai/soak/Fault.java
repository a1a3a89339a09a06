// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;

import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ProviderError;

/**
 * What can be wrong with a provider's answer, at any layer. None of these is the caller's
 * fault, so that another endpoint may answer.
 */
enum Fault {

	RATE_LIMITED((healthy, dice) -> Outcome.status(429).withHeader("Retry-After", "0")),

	ERROR_STATUS((healthy, dice) -> Outcome
		.status(dice.any(List.of(401, 402, 403, 404, 408, 409, 500, 502, 503, 504, 529)))),

	UNKNOWN_STATUS((healthy, dice) -> Outcome.status(dice.any(List.of(505, 507, 520, 599)))),

	WRONG_STATUS((healthy, dice) -> Outcome.raw(dice.any(List.of(201, 202, 203, 206, 226)), "text/plain", "busy")),

	NO_CONTENT((healthy, dice) -> Outcome.raw(204, "application/json", "")),

	HTML((healthy, dice) -> Outcome.raw(200, "text/html", "<html><body>Back soon</body></html>")),

	BAD_JSON((healthy, dice) -> Outcome.raw(200, "application/json", "{\"choices\":[{\"message\":{\"content\":")),

	BAD_EVENTS((healthy, dice) -> Outcome.raw(200, "text/event-stream",
			"data: {\"choices\":[{\"delta\":{\"content\":\"x\n\ndata: ]]\n\nevent: \u0000\n\nretry: abc\n\n: \r\r\n")),

	NESTED((healthy, dice) -> Outcome.raw(200, "text/event-stream", "data: " + Text.NESTED + "\n\n")),

	LARGE_EVENT((healthy, dice) -> Outcome.raw(200, "text/event-stream", "data: " + Text.LARGE + "\n\n")),

	COMMENTS((healthy, dice) -> Outcome.raw(200, "text/event-stream", Text.COMMENTS)),

	LARGE_BODY((healthy, dice) -> Outcome.raw(200, "application/json", "{\"id\":\"" + Text.LARGE + "\"}")),

	LARGE_ERROR((healthy, dice) -> Outcome.raw(500, "text/plain", Text.LARGE)),

	EMPTY((healthy, dice) -> Outcome.answer(Answer.empty())),

	CLOSED_BEFORE_HEADERS((healthy, dice) -> healthy.cutBeforeHeaders()),

	CUT((healthy, dice) -> healthy.cutAfterTokens(dice.below(15))),

	RESET((healthy, dice) -> healthy.cutAfterTokens(dice.below(15)).byReset()),

	CUT_AT_BYTE((healthy, dice) -> healthy.cutAfterBytes(dice.below(2500))),

	RESET_AT_BYTE((healthy, dice) -> healthy.cutAfterBytes(dice.below(2500)).byReset()),

	CUT_AT_END((healthy, dice) -> healthy.cutAtEnd()),

	ENDS_EARLY((healthy, dice) -> healthy.endAfterTokens(dice.below(15))),

	ERROR_IN_STREAM((healthy, dice) -> healthy.errorAfterTokens(dice.below(15),
			ProviderError.of(dice.any(List.of(429, 500, 503))))),

	HANGS_BEFORE_HEADERS((healthy, dice) -> healthy.hangBeforeHeaders()),

	HANGS_AFTER_HEADERS((healthy, dice) -> healthy.hangAfterHeaders()),

	HANGS((healthy, dice) -> healthy.hangAfterTokens(dice.below(15))),

	HANGS_AT_END((healthy, dice) -> healthy.hangAtEnd()),

	PINGS((healthy, dice) -> healthy.pingForever(dice.millis(1, 20)));

	private final BiFunction<Outcome, Dice, Outcome> strike;

	Fault(BiFunction<Outcome, Dice, Outcome> strike) {
		this.strike = strike;
	}

	Outcome strike(Outcome healthy, Dice dice) {
		return this.strike.apply(healthy, dice);
	}

	/** Whether an endpoint with this fault answers, or fails, without a limit of time. */
	boolean ends() {
		return !name().startsWith("HANGS") && this != PINGS;
	}

	/** An outcome that is not quick, or in odd pieces, but right. */
	static Outcome variation(Outcome healthy, Dice dice) {
		return switch (dice.below(8)) {
			case 0 -> healthy.tokensEvery(dice.millis(1, 8));
			case 1 -> healthy.headersAfter(dice.millis(1, 60));
			case 2 -> healthy.firstTokenAfter(dice.millis(1, 60));
			case 3 -> healthy.inChunksOf(1 + dice.below(40));
			case 4 -> healthy.closeAfterwards();
			case 5 -> healthy.withoutTerminator();
			case 6 -> healthy.headersAfter(dice.millis(1, 20)).tokensEvery(Duration.ofMillis(1)).inChunksOf(7);
			default -> healthy;
		};
	}

	/**
	 * Long texts, made once.
	 */
	private static final class Text {

		static final String NESTED = "[".repeat(50_000);

		static final String LARGE = "x".repeat(1_500_000);

		static final String COMMENTS = String.join("", Collections.nCopies(50_000, ": busy\n\n"));

	}

}
