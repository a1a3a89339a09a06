// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a call and the endpoints that it skipped.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class CallRecord {

	private final String chain;

	private final List<Attempt> attempts;

	private final List<Skip> skips;

	/**
	 * @param chain name of the chain
	 * @param attempts the attempts, oldest first
	 * @param skips the endpoints that the call skipped last
	 */
	@JsonCreator
	public CallRecord(@JsonProperty("chain") String chain, @JsonProperty("attempts") List<Attempt> attempts,
			@JsonProperty("skips") List<Skip> skips) {
		this.chain = chain;
		this.attempts = List.copyOf(attempts);
		this.skips = List.copyOf(skips);
	}

	/** Name of the chain. */
	public String chain() {
		return this.chain;
	}

	/** The attempts, oldest first. */
	public List<Attempt> attempts() {
		return this.attempts;
	}

	/** The endpoints that the call skipped last. */
	public List<Skip> skips() {
		return this.skips;
	}

	String describe() {
		String tried = this.attempts.stream().map(Attempt::describe).collect(Collectors.joining("; "));
		String skipped = this.skips.stream().map(Skip::describe).collect(Collectors.joining("; "));
		if (skipped.isEmpty()) {
			return "tried [" + tried + "]";
		}
		return tried.isEmpty() ? "skipped [" + skipped + "]" : "tried [" + tried + "], skipped [" + skipped + "]";
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof CallRecord callRecord && this.chain.equals(callRecord.chain)
				&& this.attempts.equals(callRecord.attempts) && this.skips.equals(callRecord.skips);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.chain, this.attempts, this.skips);
	}

	@Override
	public String toString() {
		return "CallRecord[chain=" + this.chain + ", attempts=" + this.attempts + ", skips=" + this.skips + "]";
	}

}
