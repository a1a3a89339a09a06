// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.chat.Annotation;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.chat.Segment;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.engine.Situation.Held;
import io.github.fallbackai.engine.candidate.CandidateOrder;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Cost;
import io.github.fallbackai.failure.Usage;

/**
 * The text and tool calls that the caller has received from earlier attempts and the
 * current one. Safe for use by several threads, because a consumer that takes nothing may
 * end the call at any moment.
 */
final class Transcript {

	/** Of attempts that are over, so there are few changes. */
	private String text = "";

	private final StringBuilder reasoning = new StringBuilder();

	private final List<Segment> segments = new ArrayList<>();

	private final List<Annotation> annotations = new ArrayList<>(0);

	private final boolean structured;

	private final boolean withholdsRefusals;

	/** The text that the caller holds until it is told to discard it. */
	private String discarded = "";

	private long tokens;

	private boolean reasoningDelivered;

	private boolean textDelivered;

	private boolean toolCallDelivered;

	private boolean beforeCall;

	Transcript(boolean structured, boolean withholdsRefusals) {
		this.structured = structured;
		this.withholdsRefusals = withholdsRefusals;
	}

	synchronized void delivered(EndpointEvent event) {
		if (event instanceof EndpointEvent.Text) {
			this.textDelivered = true;
		}
		else if (event instanceof EndpointEvent.Reasoning) {
			this.reasoningDelivered = true;
		}
		else if (event instanceof EndpointEvent.ToolCallComplete) {
			this.toolCallDelivered = true;
		}
	}

	/** What the caller holds if the attempt with this answer ends now. */
	synchronized Held held(Answer current) {
		if (this.toolCallDelivered) {
			return Held.TOOL_CALL;
		}
		if (this.textDelivered) {
			if (this.structured || current.refused()) {
				return Held.INDIVISIBLE;
			}
			return current.callsTools() ? Held.TEXT_BEFORE_CALL : Held.TEXT;
		}
		return this.reasoningDelivered ? Held.REASONING : Held.NOTHING;
	}

	/** An attempt broke off; the caller keeps what it got. */
	synchronized void keep(AttemptRun run) {
		this.beforeCall |= run.answer().callsTools();
		add(run, held(run));
	}

	/** Whether a tool call broke off behind the text that the caller keeps. */
	synchronized boolean beforeCall() {
		return this.beforeCall;
	}

	/**
	 * The text of an attempt that the caller got: all but a refusal that was held back.
	 */
	private String held(AttemptRun run) {
		return this.withholdsRefusals ? run.answer().textBeforeRefusal() : run.answer().text();
	}

	/**
	 * The whole answer as a message. If earlier attempts wrote a part of the text, its
	 * parts are not those of one model any more. Then what the last model thought comes
	 * first, where models look for it.
	 */
	private AssistantMessage message(AttemptRun last, boolean alone) {
		AssistantMessage message = last.answer().message();
		if (alone) {
			return message;
		}
		List<AssistantPart> parts = new ArrayList<>();
		message.parts().stream().filter(ReasoningPart.class::isInstance).forEach(parts::add);
		parts.add(new TextPart(text()));
		parts.addAll(message.toolCalls());
		return new AssistantMessage(parts, message.state());
	}

	private void add(AttemptRun run, String more) {
		int before = this.text.length();
		this.text = this.text.isEmpty() ? more : this.text + more;
		this.reasoning.append(run.answer().reasoning());
		for (Annotation annotation : run.answer().annotations()) {
			Integer after = annotation.after();
			this.annotations.add((after != null) ? annotation.after(before + after) : annotation);
		}
		this.tokens += run.answer().outputTokens();
		if (!more.isEmpty()) {
			this.segments.add(new Segment(run.candidate().name(), run.model(), more.length()));
		}
	}

	/**
	 * The answer as the caller would get it if this attempt succeeded now.
	 */
	synchronized ChatResponse draft(AttemptRun run, CallState call) {
		Transcript copy = new Transcript(this.structured, this.withholdsRefusals);
		copy.text = this.text;
		copy.reasoning.append(this.reasoning);
		copy.segments.addAll(this.segments);
		copy.annotations.addAll(this.annotations);
		ChatResponse soFar = copy.complete(run, call);
		Attempt last = run.standing();
		List<Attempt> attempts = new ArrayList<>(soFar.attempts());
		attempts.add(last);
		Usage usage = soFar.usage();
		Cost cost = soFar.cost();
		return soFar.toBuilder()
			.attempts(attempts)
			.usage((usage != null && last.usage() != null) ? usage.plus(last.usage())
					: (usage != null) ? usage : last.usage())
			.cost((cost != null && last.cost() != null) ? cost.plus(last.cost()) : (cost != null) ? cost : last.cost())
			.build();
	}

	/** An attempt completed the answer. */
	synchronized ChatResponse complete(AttemptRun run, CallState call) {
		boolean alone = this.text.isEmpty();
		add(run, run.answer().text());
		CandidateOrder order = call.order();
		CallHistory history = call.history();
		Answer answer = run.answer();
		EndpointEvent.Finished finished = answer.finished();
		boolean degraded = this.segments.isEmpty() ? !order.firstChoice(run.candidate())
				: this.segments.stream().anyMatch((segment) -> !order.firstChoice(order.named(segment.endpoint())));
		return ChatResponse.builder()
			.message(message(run, alone))
			.reasoning(this.reasoning.toString())
			.annotations(this.annotations)
			.finishReason((finished != null) ? finished.reason() : FinishReason.OTHER)
			.rawFinishReason((finished != null) ? finished.raw() : null)
			.usage(history.usage())
			.cost(history.cost())
			.id(answer.id())
			.remarks(answer.remarks())
			.endpoint(run.candidate().name())
			.model(run.model())
			.chain(call.chain().name())
			.degraded(degraded)
			.segments(this.segments)
			.attempts(history.attempts())
			.build();
	}

	/** A refusal as the whole answer, because nothing came of the other attempts. */
	synchronized ChatResponse refusal(AttemptRun run, CallState call) {
		return new Transcript(this.structured, this.withholdsRefusals).complete(run, call);
	}

	/** The text of an attempt that runs, and of those before, that the caller got. */
	synchronized String textWith(AttemptRun run) {
		return this.text + held(run);
	}

	/** Whether the caller holds neither text nor a tool call. */
	synchronized boolean holdsNoAnswer() {
		return !this.textDelivered && !this.toolCallDelivered && this.text.isEmpty();
	}

	/** An attempt broke off; the caller will be told to discard everything. */
	synchronized void discard(AttemptRun run) {
		this.discarded = this.text + held(run);
		this.tokens = 0;
		this.text = "";
		this.reasoning.setLength(0);
		this.segments.clear();
		this.annotations.clear();
		this.textDelivered = false;
		this.beforeCall = false;
		this.reasoningDelivered = false;
	}

	/** Text of earlier attempts that the caller keeps. */
	synchronized String text() {
		return this.text;
	}

	/** What the caller was about to be told to forget. */
	synchronized String discarded() {
		return this.discarded;
	}

	/** The least number of tokens that the text of earlier attempts took. */
	synchronized long tokens() {
		return this.tokens;
	}

	/** Whether the caller keeps text of earlier attempts. */
	synchronized boolean holdsText() {
		return !this.text.isEmpty();
	}

}
