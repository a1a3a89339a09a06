// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolResultMessage;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in a form that every provider takes: the results of tools follow the
 * message that called them, in the order of the calls, and no two calls have the same id.
 * Some providers do not insist on that, and some give the same ids in every turn.
 *
 * @param messages the messages
 * @param positions where each message was before
 */
public record Conversation(List<ChatMessage> messages, List<Integer> positions) {

	/**
	 * Arranges a conversation.
	 * @param messages the messages as the caller gave them
	 * @param ids makes an id acceptable to the provider; the same one for the same id
	 */
	public static Conversation of(List<ChatMessage> messages, UnaryOperator<String> ids) {
		return new Arrangement(ids).of(messages);
	}

	/** Whether all messages are where they were. */
	public boolean inOrder() {
		for (int index = 0; index < this.positions.size(); index++) {
			if (this.positions.get(index) != index) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Arranges one conversation.
	 */
	private static final class Arrangement {

		private final UnaryOperator<String> ids;

		private final Set<String> used = new HashSet<>();

		/** The calls of an id that have no result yet, of the latest message with it. */
		private final Map<String, Deque<Call>> open = new HashMap<>();

		/** The last call of an id that got a result. */
		private final Map<String, Call> answered = new HashMap<>();

		private final List<Entry> entries = new ArrayList<>();

		Arrangement(UnaryOperator<String> ids) {
			this.ids = ids;
		}

		Conversation of(List<ChatMessage> messages) {
			for (int index = 0; index < messages.size(); index++) {
				add(messages.get(index), index);
			}
			List<ChatMessage> arranged = new ArrayList<>(messages.size());
			List<Integer> positions = new ArrayList<>(messages.size());
			for (Entry entry : this.entries) {
				arranged.add(entry.message());
				positions.add(entry.position());
				entry.results().forEach((results) -> results.forEach((result) -> {
					arranged.add(result.message());
					positions.add(result.position());
				}));
			}
			return new Conversation(arranged, positions);
		}

		private void add(ChatMessage message, int position) {
			if (message instanceof AssistantMessage assistant && !assistant.toolCalls().isEmpty()) {
				calls(assistant, position);
			}
			else if (message instanceof ToolResultMessage result) {
				result(result, position);
			}
			else {
				this.entries.add(Entry.of(message, position));
			}
		}

		private void calls(AssistantMessage message, int position) {
			List<List<Entry>> results = new ArrayList<>();
			List<AssistantPart> parts = new ArrayList<>(message.parts());
			boolean changed = false;
			Set<String> here = new HashSet<>();
			for (int index = 0; index < parts.size(); index++) {
				if (parts.get(index) instanceof ToolCall call) {
					Deque<Call> waiting = here.add(call.id()) ? new ArrayDeque<>()
							: this.open.getOrDefault(call.id(), new ArrayDeque<>());
					this.open.put(call.id(), waiting);
					String id = unique(call.id());
					List<Entry> ofCall = new ArrayList<>(1);
					results.add(ofCall);
					waiting.add(new Call(id, ofCall));
					if (!id.equals(call.id())) {
						parts.set(index, new ToolCall(id, call.name(), call.arguments()).withState(call.state()));
						changed = true;
					}
				}
			}
			this.entries
				.add(new Entry(changed ? new AssistantMessage(parts, message.state()) : message, position, results));
		}

		private void result(ToolResultMessage result, int position) {
			Call call = called(result.toolCallId());
			String id = (call != null) ? call.id() : this.ids.apply(result.toolCallId());
			ToolResultMessage renamed = id.equals(result.toolCallId()) ? result
					: new ToolResultMessage(id, result.content()).withCacheControl(result.cacheControl());
			((call != null) ? call.results() : this.entries).add(Entry.of(renamed, position));
		}

		private @Nullable Call called(String id) {
			Deque<Call> open = this.open.get(id);
			Call call = (open != null) ? open.poll() : null;
			if (call == null) {
				return this.answered.get(id);
			}
			this.answered.put(id, call);
			return call;
		}

		private String unique(String id) {
			String fit = this.ids.apply(id);
			for (int copy = 2; !this.used.add(fit); copy++) {
				fit = this.ids.apply("call_" + PlainId.hash(id + '#' + copy));
			}
			return fit;
		}

	}

	private record Call(String id, List<Entry> results) {

	}

	private record Entry(ChatMessage message, int position, List<List<Entry>> results) {

		static Entry of(ChatMessage message, int position) {
			return new Entry(message, position, List.of());
		}

	}

}
