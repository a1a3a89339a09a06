package io.github.fallbackai.failure;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a call tried and what it passed over.
 *
 * @param chain name of the chain
 * @param attempts the attempts, oldest first
 * @param skips the endpoints passed over last
 */
public record CallRecord(String chain, List<Attempt> attempts, List<Skip> skips) {

	public CallRecord {
		attempts = List.copyOf(attempts);
		skips = List.copyOf(skips);
	}

	String describe() {
		String tried = this.attempts.stream().map(Attempt::describe).collect(Collectors.joining("; "));
		String skipped = this.skips.stream().map(Skip::describe).collect(Collectors.joining("; "));
		if (skipped.isEmpty()) {
			return "tried [" + tried + "]";
		}
		return tried.isEmpty() ? "skipped [" + skipped + "]" : "tried [" + tried + "], skipped [" + skipped + "]";
	}

}
