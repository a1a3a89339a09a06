// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a simulated model says, in any format. Immutable.
 *
 * @param text the text; absent for the text the simulator derives from the request
 * @param reasoning the reasoning sent before the text, empty for none
 * @param refusal the refusal sent instead of text, empty for none
 * @param toolCalls the tool calls sent after the text
 * @param finishReason why the model stopped; absent for what follows from the rest
 * @param model the model that claims to have answered; absent for the requested one
 */
public record Answer(@Nullable String text, String reasoning, String refusal, List<ToolCall> toolCalls,
		@Nullable FinishReason finishReason, @Nullable String model) {

	private static final Answer STANDARD = new Answer(null, "", "", List.of(), null, null);

	private static final Answer EMPTY = STANDARD.withText("");

	/**
	 * Keeps an unmodifiable copy of the tool calls.
	 */
	public Answer {
		toolCalls = List.copyOf(toolCalls);
	}

	/**
	 * Returns the healthy answer: the text follows from the request.
	 * @return the standard answer
	 */
	public static Answer standard() {
		return STANDARD;
	}

	/**
	 * Returns an answer with this text, whatever was asked.
	 * @param text the text
	 * @return the answer
	 */
	public static Answer text(String text) {
		return STANDARD.withText(text);
	}

	/**
	 * Returns an answer that contains nothing but a finish reason.
	 * @return the empty answer
	 */
	public static Answer empty() {
		return EMPTY;
	}

	/**
	 * Returns an answer in which the model declines.
	 * @param refusal what it says
	 * @return the refusal
	 */
	public static Answer refusal(String refusal) {
		return new Answer("", "", refusal, List.of(), null, null);
	}

	/**
	 * Returns an answer of tool calls without text.
	 * @param toolCalls the calls, in order
	 * @return the answer
	 */
	public static Answer toolCalls(ToolCall... toolCalls) {
		return new Answer("", "", "", List.of(toolCalls), null, null);
	}

	/**
	 * Sets the text.
	 * @param text the text
	 * @return a copy with that text
	 */
	public Answer withText(String text) {
		return new Answer(text, this.reasoning, this.refusal, this.toolCalls, this.finishReason, this.model);
	}

	/**
	 * Sets the reasoning, which is sent first.
	 * @param reasoning the reasoning text
	 * @return a copy with that reasoning
	 */
	public Answer withReasoning(String reasoning) {
		return new Answer(this.text, reasoning, this.refusal, this.toolCalls, this.finishReason, this.model);
	}

	/**
	 * Adds tool calls, which are sent after the text.
	 * @param toolCalls the calls, in order
	 * @return a copy with these tool calls only
	 */
	public Answer withToolCalls(ToolCall... toolCalls) {
		return new Answer(this.text, this.reasoning, this.refusal, List.of(toolCalls), this.finishReason, this.model);
	}

	/**
	 * Sets why the model stopped.
	 * @param finishReason the reason
	 * @return a copy with that reason
	 */
	public Answer withFinishReason(FinishReason finishReason) {
		return new Answer(this.text, this.reasoning, this.refusal, this.toolCalls, finishReason, this.model);
	}

	/**
	 * Sets the model that claims to have answered.
	 * @param model the model, for instance a dated snapshot of the requested one
	 * @return a copy with that model
	 */
	public Answer withModel(String model) {
		return new Answer(this.text, this.reasoning, this.refusal, this.toolCalls, this.finishReason, model);
	}

	/**
	 * Returns the text, for a format. The simulator has filled it in by then.
	 * @return the text, empty if there is none
	 */
	public String textOrEmpty() {
		return (this.text != null) ? this.text : "";
	}

	/**
	 * Returns the given or implied reason.
	 * @return {@link #finishReason()}, or what follows from the rest of the answer
	 */
	public FinishReason effectiveFinishReason() {
		if (this.finishReason != null) {
			return this.finishReason;
		}
		return this.toolCalls.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_CALLS;
	}

	@Override
	public String toString() {
		return "Answer[finishReason=" + effectiveFinishReason() + ", toolCalls=" + this.toolCalls + "]";
	}

}
