// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sse;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.Annotation;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatEventVisitor;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolExecution;
import io.github.fallbackai.chat.ToolProgress;

import org.springframework.http.codec.ServerSentEvent;

/**
 * Writes one event of a call. Has no state and is safe for use by several threads.
 */
final class EventEncoder implements ChatEventVisitor<Optional<ServerSentEvent<String>>> {

	@Override
	public Optional<ServerSentEvent<String>> attemptStarted(ChatEvent.AttemptStarted event) {
		return Optional.empty();
	}

	@Override
	public Optional<ServerSentEvent<String>> contentDelta(ChatEvent.ContentDelta event) {
		return Optional.of(EventJson.text("delta", event.text()));
	}

	@Override
	public Optional<ServerSentEvent<String>> reasoningDelta(ChatEvent.ReasoningDelta event) {
		return Optional.of(EventJson.text("reasoning", event.text()));
	}

	@Override
	public Optional<ServerSentEvent<String>> toolCallReady(ChatEvent.ToolCallReady event) {
		ToolCall call = event.toolCall();
		return event("tool-call",
				EventJson.object().put("id", call.id()).put("name", call.name()).put("arguments", call.arguments()));
	}

	@Override
	public Optional<ServerSentEvent<String>> annotationReady(ChatEvent.AnnotationReady event) {
		Annotation note = event.annotation();
		return event("annotation",
				EventJson.object().put("type", note.type()).put("url", note.url()).put("title", note.title()));
	}

	@Override
	public Optional<ServerSentEvent<String>> endpointSwitched(ChatEvent.EndpointSwitched event) {
		return event("switch",
				EventJson.object()
					.put("from", event.from())
					.put("to", event.to())
					.put("model", event.model())
					.put("reason", event.reason().name())
					.put("discardPrevious", event.discardPrevious()));
	}

	@Override
	public Optional<ServerSentEvent<String>> completed(ChatEvent.Completed event) {
		ChatResponse response = event.response();
		ObjectNode json = EventJson.object()
			.put("endpoint", response.endpoint())
			.put("model", response.model())
			.put("degraded", response.degraded())
			.put("finishReason", response.finishReason().name());
		json.set("usage", EventJson.usage(response.usage()));
		json.set("cost", EventJson.cost(response.cost()));
		json.set("attempts", EventJson.attempts(response.attempts()));
		return event("done", json);
	}

	/** A page gets no results of tools, which may not be meant for its user. */
	@Override
	public Optional<ServerSentEvent<String>> toolProgress(ToolProgress event) {
		if (event instanceof ToolProgress.Started started) {
			return event("tool-started", tool(started.round(), started.toolCall()));
		}
		if (event instanceof ToolProgress.Finished finished) {
			return ended(finished.execution());
		}
		if (event instanceof ToolProgress.Failed failed) {
			return ended(failed.execution());
		}
		if (event instanceof ToolProgress.RoundEnded ended) {
			return event("round-ended", EventJson.object().put("round", ended.round()));
		}
		return Optional.empty();
	}

	private static Optional<ServerSentEvent<String>> ended(ToolExecution execution) {
		return event("tool-ended",
				tool(execution.round(), execution.toolCall()).put("outcome", execution.outcome().name())
					.put("durationMs", execution.duration().toMillis()));
	}

	private static ObjectNode tool(int round, ToolCall call) {
		return EventJson.object().put("round", round).put("id", call.id()).put("name", call.name());
	}

	@Override
	public Optional<ServerSentEvent<String>> other(ChatEvent event) {
		return Optional.empty();
	}

	private static Optional<ServerSentEvent<String>> event(String name, ObjectNode data) {
		return Optional.of(EventJson.event(name, data));
	}

}
