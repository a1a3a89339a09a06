package io.github.fallbackai.engine;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.chat.Annotation;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantMessageBuilder;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.RoughTokenCount;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * Collects what one endpoint answers. Used by one signal at a time.
 */
final class Answer {

	private final AssistantMessageBuilder message = new AssistantMessageBuilder();

	private final List<Annotation> annotations = new ArrayList<>(0);

	private final RoughTokenCount tokens = new RoughTokenCount();

	private boolean toolCallUnderWay;

	private boolean refused;

	private boolean reconnected;

	private final List<String> corrections = new ArrayList<>(0);

	private EndpointEvent.@Nullable Accepted accepted;

	private EndpointEvent.@Nullable Finished finished;

	private @Nullable String id;

	private @Nullable String model;

	private @Nullable Usage usage;

	void add(EndpointEvent event) {
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
		}
		else if (event instanceof EndpointEvent.MessageState whole) {
			this.message.state(whole.state());
		}
		else if (event instanceof EndpointEvent.Annotated annotated) {
			this.annotations.add(annotated.annotation());
		}
		else if (event instanceof EndpointEvent.RefusalBegan) {
			this.refused = true;
		}
		else {
			addCircumstance(event);
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
		if (this.refused) {
			this.message.refusal(more);
		}
		else {
			this.message.text(more);
		}
	}

	String text() {
		return this.message.text();
	}

	String reasoning() {
		return this.message.reasoning();
	}

	List<ToolCall> toolCalls() {
		return this.message.toolCalls();
	}

	/** The answer as a message for the next request. */
	AssistantMessage message() {
		return this.message.build();
	}

	List<Annotation> annotations() {
		return this.annotations;
	}

	/** Whether a tool call began that is not complete. */
	boolean toolCallUnderWay() {
		return this.toolCallUnderWay;
	}

	/** Whether the model declines to answer. */
	boolean refused() {
		return this.refused;
	}

	/** Whether the request had to be sent over a second connection. */
	boolean reconnected() {
		return this.reconnected;
	}

	/** The changes of the request after the endpoint refused it. */
	List<String> corrections() {
		return this.corrections;
	}

	/** Whether there is neither text nor a tool call. */
	boolean empty() {
		return this.message.hasNoText() && this.message.toolCalls().isEmpty();
	}

	EndpointEvent.@Nullable Finished finished() {
		return this.finished;
	}

	boolean finishedWith(FinishReason reason) {
		return this.finished != null && this.finished.reason() == reason;
	}

	@Nullable Integer httpStatus() {
		return (this.accepted != null) ? this.accepted.httpStatus() : null;
	}

	@Nullable String requestId() {
		return (this.accepted != null) ? this.accepted.requestId() : null;
	}

	@Nullable String id() {
		return this.id;
	}

	@Nullable String model() {
		return this.model;
	}

	@Nullable Usage usage() {
		return this.usage;
	}

	/**
	 * Number of tokens that came. Some providers report only the first token, and the sum
	 * at the end.
	 */
	long outputTokens() {
		return Math.max((this.usage != null) ? this.usage.outputTokens() : 0, roughTokens());
	}

	/** An estimate of the tokens that arrived, whatever the provider reported. */

	long roughTokens() {
		return this.tokens.tokens();
	}

}
