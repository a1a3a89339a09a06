// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the call that an event belongs to.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class CallInfo {

	private final String id;

	private final String chain;

	private final @Nullable String useCase;

	private final CallOperation operation;

	/**
	 * A call that asks for a chat's next message.
	 * @param id identifies the call in logs and events of this process
	 * @param chain name of the chain
	 * @param useCase what the caller uses the answer for, {@code null} if it did not say
	 */
	public CallInfo(String id, String chain, @Nullable String useCase) {
		this(id, chain, useCase, CallOperation.CHAT);
	}

	/**
	 * Any call.
	 * @param id identifies the call in logs and events of this process
	 * @param chain name of the chain
	 * @param useCase what the caller uses the answer for, {@code null} if it did not say
	 * @param operation what the call asks of a model
	 */
	public CallInfo(String id, String chain, @Nullable String useCase, CallOperation operation) {
		this.id = id;
		this.chain = chain;
		this.useCase = useCase;
		this.operation = operation;
	}

	/** Earlier versions wrote no operation. */
	@JsonCreator
	static CallInfo read(@JsonProperty("id") String id, @JsonProperty("chain") String chain,
			@JsonProperty("useCase") @Nullable String useCase,
			@JsonProperty("operation") @Nullable CallOperation operation) {
		return new CallInfo(id, chain, useCase, (operation != null) ? operation : CallOperation.CHAT);
	}

	/** Identifies the call in logs and events of this process. */
	public String id() {
		return this.id;
	}

	/** Name of the chain. */
	public String chain() {
		return this.chain;
	}

	/** What the caller uses the answer for, {@code null} if it did not say. */
	public @Nullable String useCase() {
		return this.useCase;
	}

	/** What the call asks of a model. */
	public CallOperation operation() {
		return this.operation;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof CallInfo call && this.id.equals(call.id) && this.chain.equals(call.chain)
				&& Objects.equals(this.useCase, call.useCase) && this.operation == call.operation;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.id, this.chain, this.useCase, this.operation);
	}

	@Override
	public String toString() {
		return "CallInfo[id=" + this.id + ", chain=" + this.chain + ", useCase=" + this.useCase + ", operation="
				+ this.operation + "]";
	}

}
