// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.time.Duration;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One run of a tool. {@code toString()} hides the result.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class ToolExecution {

	private final int round;

	private final ToolCall toolCall;

	private final Outcome outcome;

	private final String result;

	private final Duration duration;

	/**
	 * @param round the model's answer that called it, from 1
	 * @param toolCall the call
	 * @param outcome how it ended
	 * @param result what the model is told
	 * @param duration how long it ran
	 */
	@JsonCreator
	public ToolExecution(@JsonProperty("round") int round, @JsonProperty("toolCall") ToolCall toolCall,
			@JsonProperty("outcome") Outcome outcome, @JsonProperty("result") String result,
			@JsonProperty("duration") Duration duration) {
		this.round = round;
		this.toolCall = toolCall;
		this.outcome = outcome;
		this.result = result;
		this.duration = duration;
	}

	/** The model's answer that called it, from 1. */
	public int round() {
		return this.round;
	}

	/** The call. */
	public ToolCall toolCall() {
		return this.toolCall;
	}

	/** How it ended. */
	public Outcome outcome() {
		return this.outcome;
	}

	/** What the model is told. */
	public String result() {
		return this.result;
	}

	/** How long it ran; zero if it did not. */
	public Duration duration() {
		return this.duration;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ToolExecution that && this.round == that.round && this.toolCall.equals(that.toolCall)
				&& this.outcome == that.outcome && this.result.equals(that.result)
				&& this.duration.equals(that.duration);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.round, this.toolCall, this.outcome, this.result, this.duration);
	}

	@Override
	public String toString() {
		return "ToolExecution[round=" + this.round + ", toolCall=" + this.toolCall + ", outcome=" + this.outcome
				+ ", duration=" + this.duration + "]";
	}

	/**
	 * How a run of a tool ended.
	 */
	public enum Outcome {

		/** It returned a result. */
		SUCCEEDED,

		/** It failed. */
		FAILED,

		/** It took longer than its limit, and was cancelled. */
		TIMED_OUT,

		/** It was cancelled, because the caller left or the deadline passed. */
		CANCELLED,

		/** It was not run: the arguments do not fit its schema. */
		INVALID_ARGUMENTS,

		/** It was not run: there is no such tool. */
		UNKNOWN_TOOL,

		/** It was not run: it has run as often as it may. */
		LIMIT_REACHED

	}

}
