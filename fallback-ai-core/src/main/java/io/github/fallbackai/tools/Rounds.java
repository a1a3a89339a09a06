// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.ToolProgress;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Cost;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * The rounds of one loop that have ended. One round at a time writes it.
 */
final class Rounds {

	private final List<ChatMessage> messages = new ArrayList<>();

	private final List<Attempt> attempts = new ArrayList<>();

	private @Nullable Usage usage;

	private @Nullable Cost cost;

	private boolean degraded;

	private @Nullable String endpoint;

	private int number = 1;

	/** The number of the round that is under way, from 1. */
	int number() {
		return this.number;
	}

	/** The endpoint that gave the latest answer, {@code null} before the first one. */
	@Nullable String endpoint() {
		return this.endpoint;
	}

	void ended(ToolProgress.RoundEnded round) {
		ChatResponse response = round.response();
		this.messages.add(response.toMessage());
		this.messages.addAll(round.results());
		this.attempts.addAll(response.attempts());
		this.usage = usage(response);
		this.cost = cost(response);
		this.degraded |= response.degraded();
		this.endpoint = response.endpoint();
		this.number++;
	}

	/** The last answer, with what all rounds needed. */
	ChatResponse complete(ChatResponse last) {
		if (this.number == 1) {
			return last;
		}
		List<Attempt> all = new ArrayList<>(this.attempts);
		all.addAll(last.attempts());
		return last.toBuilder()
			.earlierMessages(this.messages)
			.attempts(all)
			.usage(usage(last))
			.cost(cost(last))
			.degraded(this.degraded || last.degraded())
			.build();
	}

	private @Nullable Usage usage(ChatResponse response) {
		Usage more = response.usage();
		return (this.usage == null || more == null) ? ((more != null) ? more : this.usage) : this.usage.plus(more);
	}

	private @Nullable Cost cost(ChatResponse response) {
		Cost more = response.cost();
		return (this.cost == null || more == null) ? ((more != null) ? more : this.cost) : this.cost.plus(more);
	}

}
