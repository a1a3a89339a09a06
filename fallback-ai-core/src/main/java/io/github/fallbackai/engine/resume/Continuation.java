// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.resume;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.client.EndpointEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * The request that asks an endpoint to go on with an answer that broke off, or the
 * caller's own request if none did. System prompt, tools and parameters stay as the
 * caller gave them.
 *
 * @param request what to ask
 * @param delivered the text that the caller holds, empty if there is nothing to go on
 * with
 * @param prefilled whether the partial answer is the last message, so that the model goes
 * on with it without an instruction
 * @param anew whether the answer begins once more, behind what the caller holds
 */
public record Continuation(ChatRequest request, String delivered, boolean prefilled, boolean anew) {

	private static final String SENTENCE_ENDS = ".!?\u2026\u3002\uff01\uff1f";

	/** Characters that may follow the end of a sentence at the end of a text. */
	private static final String CLOSERS = "\"')]}*_`\u00bb\u2019\u201d\u300d";

	private static final String CODE_FENCE = "```";

	/** The caller's own request: no answer broke off. */
	public static Continuation none(ChatRequest request) {
		return new Continuation(request, "", false, false);
	}

	/**
	 * The partial answer is only white space, with which models often begin. There is
	 * nothing to go on with, but the caller shall not get it twice.
	 */
	public static Continuation blank(ChatRequest request, String delivered) {
		return new Continuation(request, delivered, false, false);
	}

	/**
	 * The caller's own request once more, because a tool call broke off behind the
	 * partial answer. A model that is asked to go on may write about the call instead of
	 * making it.
	 */
	public static Continuation anew(ChatRequest request, String delivered) {
		return new Continuation(request, delivered, false, true);
	}

	/** The last message is the partial answer; the model goes on with it. */
	public static Continuation prefilled(ChatRequest original, String delivered, long spentTokens) {
		// Providers refuse a prefill that ends with white space.
		return new Continuation(extend(original, delivered.stripTrailing(), null, spentTokens), delivered, true, false);
	}

	/** The partial answer is followed by an instruction to go on. */
	public static Continuation instructed(ChatRequest original, String delivered, String instruction,
			long spentTokens) {
		return new Continuation(extend(original, delivered, instruction, spentTokens), delivered, false, false);
	}

	private static ChatRequest extend(ChatRequest original, String delivered, @Nullable String instruction,
			long spentTokens) {
		List<ChatMessage> messages = new ArrayList<>(original.messages());
		ChatMessage last = messages.get(messages.size() - 1);
		if (last instanceof AssistantMessage begun && begun.toolCalls().isEmpty()) {
			messages.set(messages.size() - 1, ChatMessage.assistant(begun.text() + delivered));
		}
		else {
			messages.add(ChatMessage.assistant(delivered));
		}
		if (instruction != null) {
			messages.add(ChatMessage.user(instruction));
		}
		ChatRequestBuilder builder = original.toBuilder().replaceMessages(messages);
		Integer maxTokens = original.maxTokens();
		if (maxTokens != null) {
			builder.maxTokens((int) Math.max(1, maxTokens - spentTokens));
		}
		return builder.build();
	}

	/**
	 * Whether the answer may have broken off just before its end, so that the model has
	 * nothing left to say. In the middle of a sentence, an empty continuation is a
	 * failure like any other empty answer.
	 */
	public boolean mayBeWhole() {
		int end = this.delivered.length();
		while (end > 0 && closes(this.delivered.charAt(end - 1))) {
			end--;
		}
		return (end > 0 && SENTENCE_ENDS.indexOf(this.delivered.charAt(end - 1)) >= 0)
				|| this.delivered.stripTrailing().endsWith(CODE_FENCE);
	}

	private static boolean closes(char character) {
		return Character.isWhitespace(character) || CLOSERS.indexOf(character) >= 0;
	}

	/** Removes from the answer what the caller has already. */
	public Flux<EndpointEvent> withoutRepetition(Flux<EndpointEvent> answer, Scheduler scheduler) {
		if (this.delivered.isEmpty()) {
			return answer;
		}
		if (!this.prefilled && !this.delivered.isBlank()) {
			Flux<EndpointEvent> trimmed = new TrimmedEvents(this.delivered, scheduler).of(answer);
			return this.anew ? trimmed.handle(new NewParagraph()) : trimmed;
		}
		int sent = this.delivered.stripTrailing().length();
		return (sent == this.delivered.length()) ? answer
				: answer.handle(new RepeatedSpace(this.delivered.substring(sent)));
	}

}
