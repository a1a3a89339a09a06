// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.chat.Annotation;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantMessageBuilder;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.RoughTokenCount;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Collects what one endpoint answers. Safe for use by several threads, because the
 * attempt may end while its answer grows.
 */
final class Answer {

	private final AssistantMessageBuilder message = new AssistantMessageBuilder();

	private final List<Annotation> annotations = new ArrayList<>(0);

	/** How many characters of text came. */
	private int length;

	/** The parts that ended for the caller since the last event, without their texts. */
	private List<AssistantPart> ended = List.of();

	private final RoughTokenCount tokens = new RoughTokenCount();

	private @Nullable ProviderState remarks;

	private boolean toolCallUnderWay;

	/** Whether something came that is an answer without a text. */
	private boolean answered;

	/** Formats of items that are an answer without a text, if the caller shows them. */
	private final Set<String> itemFormats = new HashSet<>(1);

	private boolean refused;

	private boolean refusalTold;

	/** How much text came before the model declined. */
	private int refusedAt = Integer.MAX_VALUE;

	private boolean reconnected;

	private final List<String> corrections = new ArrayList<>(0);

	private EndpointEvent.@Nullable Accepted accepted;

	private EndpointEvent.@Nullable Finished finished;

	private @Nullable String id;

	private @Nullable String model;

	private @Nullable Usage usage;

	synchronized void add(EndpointEvent event) {
		if (event.progress()) {
			this.finished = null;
		}
		if (event instanceof EndpointEvent.Text more) {
			say(more.text());
			this.tokens.add(more.text());
		}
		else if (event instanceof EndpointEvent.Reasoning more) {
			this.message.reasoning(more.text());
			this.tokens.add(more.text());
		}
		else if (event instanceof EndpointEvent.ToolCallComplete complete) {
			this.message.toolCall(complete.toolCall());
			this.tokens.add(complete.toolCall().name());
			this.tokens.add(complete.toolCall().arguments());
			this.toolCallUnderWay = false;
		}
		else if (event instanceof EndpointEvent.ToolCallProgress) {
			this.toolCallUnderWay = true;
		}
		else if (event instanceof EndpointEvent.PartEnded ended) {
			this.message.endPart(ended.part());
			if (ended.answers()) {
				answered(ended.part().state());
			}
		}
		else if (event instanceof EndpointEvent.MessageState whole) {
			this.message.state(whole.state());
		}
		else if (event instanceof EndpointEvent.Remarked remarked) {
			this.remarks = remarked.remarks();
		}
		else if (event instanceof EndpointEvent.Annotated annotated) {
			this.annotations.add(annotated.annotation().after(this.length));
		}
		else if (event instanceof EndpointEvent.RefusalBegan) {
			this.refusedAt = this.refused ? this.refusedAt : this.message.text().length();
			this.refused = true;
		}
		else {
			addCircumstance(event);
		}
	}

	private void answered(@Nullable ProviderState item) {
		if (item != null) {
			this.itemFormats.add(item.format());
		}
		else {
			this.answered = true;
		}
	}

	private void addCircumstance(EndpointEvent event) {
		if (event instanceof EndpointEvent.Identified identified) {
			this.id = (identified.id() != null) ? identified.id() : this.id;
			this.model = (identified.model() != null) ? identified.model() : this.model;
		}
		else if (event instanceof EndpointEvent.UsageReported reported) {
			this.usage = reported.usage();
		}
		else if (event instanceof EndpointEvent.Accepted head) {
			this.accepted = head;
		}
		else if (event instanceof EndpointEvent.Reconnected) {
			this.reconnected = true;
		}
		else if (event instanceof EndpointEvent.Corrected corrected) {
			this.corrections.add(corrected.change());
		}
		else if (event instanceof EndpointEvent.Finished end) {
			this.finished = end;
		}
	}

	private void say(String more) {
		this.length += more.length();
		if (this.refused) {
			this.message.refusal(more);
		}
		else {
			this.message.text(more);
		}
	}

	synchronized String text() {
		return this.message.text();
	}

	/** The text without what the model said when it declined. */
	synchronized String textBeforeRefusal() {
		String text = this.message.text();
		return text.substring(0, Math.min(text.length(), this.refusedAt));
	}

	/** Whether the whole answer is a refusal, or was cut by the provider's policy. */
	synchronized boolean declined() {
		return finishedWith(FinishReason.CONTENT_FILTER) || finishedWith(FinishReason.REFUSAL)
				|| (this.refused && this.message.toolCalls().isEmpty());
	}

	synchronized String reasoning() {
		return this.message.reasoning();
	}

	synchronized List<ToolCall> toolCalls() {
		return this.message.toolCalls();
	}

	/**
	 * An event is the caller's turn. Between that and when it was added, it may wait for
	 * the other attempt of a race, or for a caller that reads slowly.
	 */
	synchronized void told(EndpointEvent event) {
		if (event instanceof EndpointEvent.PartEnded part) {
			this.ended = this.ended.isEmpty() ? new ArrayList<>(1) : this.ended;
			this.ended.add(part.part());
		}
		this.refusalTold |= event instanceof EndpointEvent.RefusalBegan;
	}

	/** Whether the caller is told that the model declines. */
	synchronized boolean refusalTold() {
		return this.refusalTold;
	}

	/** The parts that ended since the last time, without their texts. */
	synchronized List<AssistantPart> takeEnded() {
		List<AssistantPart> taken = this.ended;
		this.ended = List.of();
		return taken;
	}

	/** What only clients of the provider's API read, {@code null} if there is nothing. */
	synchronized @Nullable ProviderState remarks() {
		return this.remarks;
	}

	/** The answer as a message for the next request. */
	synchronized AssistantMessage message() {
		return this.message.build();
	}

	synchronized List<Annotation> annotations() {
		return List.copyOf(this.annotations);
	}

	/** Whether a tool call began, complete or not. */
	synchronized boolean callsTools() {
		return this.toolCallUnderWay || !this.message.toolCalls().isEmpty();
	}

	/** Whether the model declines to answer. */
	synchronized boolean refused() {
		return this.refused;
	}

	/** Whether the request had to be sent over a second connection. */
	synchronized boolean reconnected() {
		return this.reconnected;
	}

	/** The changes of the request after the endpoint refused it. */
	synchronized List<String> corrections() {
		return List.copyOf(this.corrections);
	}

	/**
	 * Whether there is neither text nor a tool call, nor anything in their place.
	 * @param shown formats of the items that may be in their place, {@code null} for all
	 */
	synchronized boolean empty(@Nullable Set<String> shown) {
		boolean items = (shown != null) ? !Collections.disjoint(shown, this.itemFormats) : !this.itemFormats.isEmpty();
		return !this.answered && !items && this.message.hasNoText() && this.message.toolCalls().isEmpty();
	}

	synchronized EndpointEvent.@Nullable Finished finished() {
		return this.finished;
	}

	synchronized boolean finishedWith(FinishReason reason) {
		return this.finished != null && this.finished.reason() == reason;
	}

	/** Whether the endpoint accepted the request. */
	synchronized boolean accepted() {
		return this.accepted != null;
	}

	synchronized @Nullable Integer httpStatus() {
		return (this.accepted != null) ? this.accepted.httpStatus() : null;
	}

	synchronized @Nullable String requestId() {
		return (this.accepted != null) ? this.accepted.requestId() : null;
	}

	synchronized @Nullable String id() {
		return this.id;
	}

	synchronized @Nullable String model() {
		return this.model;
	}

	synchronized @Nullable Usage usage() {
		return this.usage;
	}

	/**
	 * Number of tokens that came. Some providers report only the first token, and the sum
	 * at the end.
	 */
	synchronized long outputTokens() {
		return Math.max((this.usage != null) ? this.usage.outputTokens() : 0, roughTokens());
	}

	/** An estimate of the tokens that arrived, whatever the provider reported. */
	synchronized long roughTokens() {
		return this.tokens.tokens();
	}

}
