// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ContentPart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.SystemMessage;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.gateway.json.RequestField;
import io.github.fallbackai.gateway.json.TextBudget;
import io.github.fallbackai.gateway.responses.names.ToolNames;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of the input. Belongs to one request.
 */
final class InputDecoder {

	private static final int ITEMS = 10_000;

	private static final String CALL_ID = "call_id";

	private static final String MESSAGE = "message";

	private static final String REFERENCE = "item_reference";

	private static final String PREFIX = "input.";

	/** What is read of items, and what servers write that goes nowhere. */
	private static final Set<String> OF_MESSAGES = Set.of("type", "id", "status", "created_by", "role", "content");

	private static final Set<String> OF_CALLS = Set.of("type", "id", "status", "created_by", CALL_ID, "name",
			"namespace", "arguments", "input");

	/** A result has the {@code caller} of its call, which goes with the call. */
	private static final Set<String> OF_RESULTS = Set.of("type", "id", "status", "created_by", CALL_ID, "output",
			"caller");

	private static final Set<String> OF_THOUGHTS = Set.of("type", "id", "status", "created_by", "summary", "content",
			"encrypted_content");

	private final ToolNames names;

	private final LeftOut leftOut;

	private final TextBudget texts;

	private final Map<String, RequestField> references;

	private final ContentDecoder contents;

	private final List<ChatMessage> messages = new ArrayList<>();

	/**
	 * Images and files that tools returned. Results are texts, so they come after them.
	 */
	private final List<ContentPart> attachments = new ArrayList<>();

	private AssistantDraft draft = new AssistantDraft();

	/** Items of the provider's own in the draft. */
	private final List<RequestField> hosted = new ArrayList<>();

	private BrokenWork broken = new BrokenWork(List.of());

	/**
	 * Creates a decoder.
	 * @param names the names of the tools
	 * @param leftOut what is left out
	 * @param texts how much text there may be
	 * @param references the items that the input names by their ids
	 */
	InputDecoder(ToolNames names, LeftOut leftOut, TextBudget texts, Map<String, RequestField> references) {
		this.names = names;
		this.leftOut = leftOut;
		this.texts = texts;
		this.references = references;
		this.contents = new ContentDecoder(leftOut);
	}

	List<ChatMessage> decode(RequestField input) {
		if (input.isText()) {
			return List.of(new UserMessage(List.of(new TextPart(input.text()))));
		}
		List<RequestField> items = input.elements(ITEMS);
		this.broken = new BrokenWork(items.stream().map(this::referred).map(RequestField::value).toList());
		for (RequestField item : items) {
			item.object();
			item(item);
		}
		endAnswer();
		endResults();
		return this.messages;
	}

	private void item(RequestField item) {
		switch (kind(item)) {
			case MESSAGE -> message(item);
			case "function_call" -> call(item, item.get("arguments").text("{}"));
			case "custom_tool_call" -> call(item, CustomInput.wrap(item.get("input").text()));
			case "function_call_output", "custom_tool_call_output" -> result(item);
			case "reasoning" -> reasoning(item);
			case REFERENCE -> reference(item);
			default -> hosted(item);
		}
	}

	/** The type of an item. Messages and references may have none. */
	private static String kind(RequestField item) {
		boolean untyped = item.get("type").absent() && item.get("role").absent() && item.get("id").isText();
		return item.get("type").text(untyped ? REFERENCE : MESSAGE);
	}

	/**
	 * An item of the provider's own: what its tools did, or of a kind that is not known
	 * here. Only that provider understands it.
	 */
	private void hosted(RequestField item) {
		if (item.get("type").text().isBlank()) {
			throw item.get("type").invalid("the type of an item");
		}
		endResults();
		this.draft.add(LeftOut.part(item));
		this.hosted.add(item);
	}

	private void message(RequestField item) {
		RequestField content = item.get("content");
		String role = item.get("role").text();
		if (role.equals("assistant")) {
			endResults();
			ProviderState state = this.leftOut.furtherState(item, OF_MESSAGES, PREFIX);
			this.draft.addAll(this.contents.assistant(content, state));
			return;
		}
		this.leftOut.drop(item, OF_MESSAGES, PREFIX);
		switch (role) {
			case "user" -> say(new UserMessage(this.contents.user(content)));
			case "system", "developer" -> say(new SystemMessage(this.contents.system(content)));
			default -> throw item.get("role").invalid("'user', 'assistant', 'system' or 'developer'");
		}
	}

	private void say(ChatMessage message) {
		endAnswer();
		endResults();
		this.messages.add(message);
	}

	private void call(RequestField item, String arguments) {
		endResults();
		RequestField namespace = item.get("namespace");
		String name = this.names.forProviders(namespace.absent() ? null : namespace.text(), item.get("name").text());
		this.draft.add(new ToolCall(item.get(CALL_ID).text(), name, arguments)
			.withState(this.leftOut.furtherState(item, OF_CALLS, PREFIX)));
	}

	private void reasoning(RequestField item) {
		endResults();
		this.leftOut.drop(item, OF_THOUGHTS, PREFIX);
		AssistantMessage whole = this.draft.reasoning(item);
		if (whole != null) {
			this.draft = new AssistantDraft();
			add(whole);
		}
	}

	private void result(RequestField item) {
		endAnswer();
		this.leftOut.drop(item, OF_RESULTS, PREFIX);
		String id = item.get(CALL_ID).text();
		StringBuilder text = new StringBuilder();
		for (ContentPart part : this.contents.output(item.get("output"))) {
			if (part instanceof TextPart piece) {
				text.append(piece.text());
			}
			else {
				this.attachments.add(new TextPart("Returned by the tool call " + id + ":"));
				this.attachments.add(part);
				text.append(text.isEmpty() ? "" : "\n").append("(See the attachment after the results.)");
			}
		}
		this.messages.add(new ToolResultMessage(id, text.toString()));
	}

	private void reference(RequestField item) {
		RequestField referred = this.references.get(item.get("id").text());
		if (referred == null) {
			throw item.get("id").invalid("the id of an item of a stored response; send the item itself");
		}
		item(referred);
	}

	/** The item itself, if it is only named and known. */
	private RequestField referred(RequestField item) {
		RequestField type = item.get("type");
		boolean named = item.get("id").isText() && (!type.isText() || type.text().equals(REFERENCE));
		RequestField referred = named ? this.references.get(item.get("id").text()) : null;
		return (referred != null) ? referred : item;
	}

	private void endAnswer() {
		if (!this.draft.isEmpty()) {
			add(this.draft.message());
			this.draft = new AssistantDraft();
		}
	}

	/** Only the whole answer tells which work in it broke off. */
	private void add(AssistantMessage message) {
		this.broken.look(message);
		this.hosted.stream().filter((item) -> !this.broken.has(item.value())).forEach(this.leftOut::addHosted);
		this.hosted.clear();
		List<AssistantPart> parts = message.parts().stream().filter(this::isKept).toList();
		if (!parts.isEmpty() || message.parts().isEmpty()) {
			AssistantMessage kept = new AssistantMessage(parts, message.state());
			this.texts.takeState(kept);
			this.messages.add(kept);
		}
	}

	private boolean isKept(AssistantPart part) {
		ObjectNode item = HostedItem.of(part);
		boolean broken = item != null && this.broken.has(item);
		if (item != null && broken) {
			this.leftOut.add(item.path("type").asText());
		}
		return !broken;
	}

	private void endResults() {
		if (!this.attachments.isEmpty()) {
			this.messages.add(new UserMessage(List.copyOf(this.attachments)));
			this.attachments.clear();
		}
	}

	/**
	 * The response to which an item in the input belongs, {@code null} if it is whole.
	 */
	static @Nullable String referredResponse(RequestField item) {
		RequestField id = item.get("id");
		boolean typed = item.get("type").isText() || item.get("type").absent();
		return (typed && kind(item).equals(REFERENCE) && id.isText()) ? ResponseIds.responseOf(id.text()) : null;
	}

}
