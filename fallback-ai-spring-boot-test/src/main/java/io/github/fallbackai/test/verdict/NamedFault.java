// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.verdict;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.Tokens;

/**
 * A fault of a provider.
 *
 * @param name what the table calls it
 * @param strike makes the provider have it
 * @param recorded whether a request that meets it is recorded
 */
record NamedFault(String name, Consumer<ProviderSimulator> strike, boolean recorded) {

	/** Standard answers have at least this many. */
	private static final int MIN_TOKENS = 20;

	/** Up to here, a stream is cut after each token, then at as many places again. */
	private static final int EACH_TOKEN = 100;

	private static final String PAGE = "<html><body>Bad gateway</body></html>";

	static final NamedFault NONE = of("none", Outcome.healthy());

	/**
	 * Faults of a whole answer, and of a streamed one those in the middle of it.
	 * @param stream whether the answer is streamed
	 * @param healthy what the service answers without a fault
	 */
	static List<NamedFault> all(boolean stream, String healthy) {
		List<NamedFault> faults = new ArrayList<>(List.of(of("429", Outcome.status(429)),
				of("429 with Retry-After", Outcome.status(429).withHeader("Retry-After", "30")),
				of("401", Outcome.status(401)), of("403", Outcome.status(403)), of("404", Outcome.status(404)),
				of("500", Outcome.status(500)), of("503", Outcome.status(503)),
				new NamedFault("connection refused", ProviderSimulator::refuseConnections, false),
				of("reset before an answer", Outcome.healthy().cutAfterBytes(0).byReset()),
				of("garbage", Outcome.raw(200, "application/json", "{\"choices\":[{")),
				of("a web page", Outcome.raw(200, "text/html", PAGE)),
				of("an empty answer", Outcome.answer(Answer.empty())),
				of("hang before headers", Outcome.healthy().hangBeforeHeaders()),
				of("hang before content", Outcome.healthy().hangBeforeFirstToken()),
				of("cut after 0 tokens", Outcome.healthy().cutAfterTokens(0))));
		if (stream) {
			faults.addAll(List.of(of("hang after 3 tokens", Outcome.healthy().hangAfterTokens(3)),
					of("error after 3 tokens", Outcome.healthy().errorAfterTokens(3, ProviderError.of(500))),
					of("end after 3 tokens", Outcome.healthy().endAfterTokens(3)),
					of("reset after 3 tokens", Outcome.healthy().cutAfterTokens(3).byReset())));
			int all = Math.max(Tokens.of(healthy).size(), MIN_TOKENS);
			places(all).forEach((tokens) -> faults.add(of("cut after " + tokens + ((tokens > 1) ? " tokens" : " token"),
					Outcome.healthy().tokensEvery(Duration.ofMillis(1)).cutAfterTokens(tokens))));
		}
		return faults;
	}

	/** A long answer with a pause before each token would take long to cut everywhere. */
	private static List<Integer> places(int all) {
		int step = Math.max(1, (all - 1 - EACH_TOKEN + EACH_TOKEN - 1) / EACH_TOKEN);
		List<Integer> places = new ArrayList<>();
		for (int tokens = 1; tokens < all - 1; tokens += (tokens < EACH_TOKEN) ? 1 : step) {
			places.add(tokens);
		}
		places.add(all - 1);
		return places;
	}

	/** What the service is asked. */
	String question() {
		return "What do you do about this fault: " + this.name + "?";
	}

	static NamedFault of(String name, Outcome outcome) {
		return new NamedFault(name, (provider) -> provider.always(outcome), true);
	}

}
