// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a request asks, in any format.
 *
 * @param model the requested model, empty if the request names none
 * @param stream whether a stream is asked for
 * @param usageInStream whether the stream reports its usage
 * @param messages the conversation, oldest first
 */
public record Prompt(String model, boolean stream, boolean usageInStream, List<Message> messages) {

	/** The prompt of a request that asks nothing, or that cannot be read. */
	public static final Prompt NONE = new Prompt("", false, false, List.of());

	/**
	 * Keeps an unmodifiable copy of the messages.
	 */
	public Prompt {
		messages = List.copyOf(messages);
	}

	/**
	 * Returns what the user said last.
	 * @return the text, empty if the user said nothing
	 */
	public String lastUserMessage() {
		return lastUserMessageBefore(this.messages.size());
	}

	/**
	 * Returns the answer that this request may want to continue: the last assistant
	 * message, if it ends the conversation (prefill) or only one more message (an
	 * instruction to go on) follows it.
	 * @return the unfinished answer, absent if the conversation has no such message
	 */
	public @Nullable Partial partial() {
		int from = Math.max(0, this.messages.size() - 2);
		for (int i = this.messages.size() - 1; i >= from; i--) {
			Message message = this.messages.get(i);
			if (message.isAssistant() && !message.text().isBlank()) {
				return new Partial(lastUserMessageBefore(i), message.text(), i == this.messages.size() - 1);
			}
		}
		return null;
	}

	/**
	 * Returns the size of the conversation.
	 * @return the number of tokens in all messages
	 */
	public int tokens() {
		return this.messages.stream().mapToInt((message) -> Tokens.of(message.text()).size()).sum();
	}

	private String lastUserMessageBefore(int end) {
		for (int i = end - 1; i >= 0; i--) {
			if (this.messages.get(i).isUser()) {
				return this.messages.get(i).text();
			}
		}
		return "";
	}

	/**
	 * The beginning of an answer.
	 *
	 * @param question what the user had asked
	 * @param text what was answered so far
	 * @param last whether nothing follows it, so that the model can only go on
	 */
	public record Partial(String question, String text, boolean last) {

		/**
		 * Tells whether the model goes on with an answer, possibly with nothing left to
		 * say. A whole answer that another message follows is just an earlier turn.
		 * @param whole a whole answer
		 * @return whether this is the beginning of it
		 */
		public boolean isStartOf(String whole) {
			return whole.startsWith(this.text) && (this.last || whole.length() > this.text.length());
		}

		@Override
		public String toString() {
			return "Partial[" + this.text.length() + " characters]";
		}

	}

}
