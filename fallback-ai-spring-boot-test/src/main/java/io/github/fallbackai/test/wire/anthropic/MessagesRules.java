// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire.anthropic;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.fallbackai.test.wire.Json;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.Refusal;
import io.github.fallbackai.test.wire.Seal;

/**
 * What Anthropic refuses about a conversation. Two messages of one role in a row are
 * refused too, as Amazon's door to the same models does.
 *
 * @see <a href=
 * "https://docs.anthropic.com/en/docs/build-with-claude/extended-thinking">Extended
 * thinking</a>
 * @see <a href=
 * "https://docs.anthropic.com/en/docs/agents-and-tools/tool-use/implement-tool-use">Tool
 * use</a>
 */
final class MessagesRules {

	private static final String USER = "user";

	private static final String ASSISTANT = "assistant";

	private static final String SYSTEM = "system";

	private static final int MOST_MARKS = 4;

	private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]+");

	private final JsonNode body;

	private final JsonNode messages;

	private final Seal seal;

	/** Whether instructions may stand between other messages. */
	private final boolean systemMessages;

	private final Set<String> ids = new HashSet<>();

	/** The calls of the message before. */
	private final Set<String> open = new LinkedHashSet<>();

	MessagesRules(String model, JsonNode body, boolean systemMessages) {
		this.systemMessages = systemMessages;
		this.body = body;
		this.messages = body.path("messages");
		this.seal = new Seal(model);
	}

	@Nullable Refusal refusal() {
		if (this.body.has("thread")) {
			return threads();
		}
		int marks = this.body.findValues("cache_control").size();
		if (marks > MOST_MARKS) {
			return refused(
					"A maximum of " + MOST_MARKS + " blocks with cache_control may be provided. Found " + marks + ".");
		}
		String before = ASSISTANT;
		for (int index = 0; index < this.messages.size(); index++) {
			JsonNode message = this.messages.path(index);
			String role = message.path("role").asText();
			if (role.equals(SYSTEM) && this.systemMessages) {
				Refusal misplaced = system(index, message.path("content"));
				if (misplaced != null) {
					return misplaced;
				}
				continue;
			}
			if (!role.equals(USER) && !role.equals(ASSISTANT)) {
				return refused("messages: Unexpected role \"" + role + "\".");
			}
			if (role.equals(before)) {
				return refused((index == 0) ? "messages: first message must use the \"user\" role"
						: "messages: roles must alternate between \"user\" and \"assistant\", but found multiple \""
								+ role + "\" roles in a row");
			}
			before = role;
			Refusal refusal = content(index, message, role.equals(USER));
			if (refusal != null) {
				return refusal;
			}
		}
		if (!this.open.isEmpty()) {
			return unanswered(this.messages.size() - 1);
		}
		Refusal thoughtless = thinks(this.body) ? thoughtless() : null;
		return (thoughtless != null) ? thoughtless : lastWords();
	}

	/**
	 * See <a href=
	 * "https://docs.anthropic.com/en/docs/build-with-claude/mid-conversation-system-messages">system
	 * messages within a conversation</a>.
	 */
	private @Nullable Refusal system(int index, JsonNode content) {
		String place = "messages." + index;
		if (!this.messages.path(index - 1).path("role").asText().equals(USER)) {
			return refused(place + ": role 'system' must follow a 'user' message");
		}
		if (index + 1 < this.messages.size()
				&& !this.messages.path(index + 1).path("role").asText().equals(ASSISTANT)) {
			return refused(place + ": role 'system' must precede an 'assistant' message or end the array");
		}
		for (JsonNode block : content) {
			if (!block.path("type").asText().equals("text")) {
				return unexpected(place + ".content", block.path("type").asText());
			}
		}
		return null;
	}

	/**
	 * Like a server that holds no conversations. With these words, Anthropic's SDK sends
	 * whole conversations from then on.
	 */
	private static Refusal threads() {
		String words = "thread: Message threads are not available";
		ObjectNode body = (ObjectNode) Json.read(AnthropicErrors.write(ProviderError.of(400).withMessage(words)));
		((ObjectNode) body.path("error")).putObject("details")
			.put("error_code", "thread_unsupported_request")
			.putArray("unsupported")
			.add("thread");
		return new Refusal(words, Json.write(body));
	}

	private @Nullable Refusal content(int index, JsonNode message, boolean user) {
		JsonNode content = message.path("content");
		if (content.isTextual() ? content.textValue().isEmpty() : content.isEmpty()) {
			return refused("messages." + index
					+ ": all messages must have non-empty content except for the optional final assistant message");
		}
		Set<String> called = new LinkedHashSet<>(this.open);
		boolean others = false;
		for (int number = 0; number < content.size(); number++) {
			JsonNode block = content.path(number);
			String place = "messages." + index + ".content." + number;
			boolean result = block.path("type").asText().equals("tool_result");
			// Results stand before everything else.
			Refusal refusal = (result && !others) ? result(place, block, called) : block(place, block, user);
			others = others || !result;
			if (refusal != null) {
				return refusal;
			}
		}
		return (user && !this.open.isEmpty()) ? unanswered(index - 1) : null;
	}

	private @Nullable Refusal result(String place, JsonNode block, Set<String> called) {
		String id = block.path("tool_use_id").asText();
		if (this.open.remove(id)) {
			return null;
		}
		if (called.contains(id)) {
			return refused(place
					+ ": each tool_use must have a single result. Found multiple `tool_result` blocks with id: " + id);
		}
		return refused(place + ": unexpected `tool_use_id` found in `tool_result` blocks: " + id
				+ ". Each `tool_result` block must have a corresponding `tool_use` block in the previous message.");
	}

	private Refusal unanswered(int index) {
		return refused(
				"messages." + index + ": `tool_use` ids were found without `tool_result` blocks immediately after: "
						+ String.join(", ", this.open)
						+ ". Each `tool_use` block must have a corresponding `tool_result` block in the next message.");
	}

	private @Nullable Refusal block(String place, JsonNode block, boolean user) {
		String type = block.path("type").asText();
		return switch (type) {
			case "text" -> text(block.path("text").asText());
			case "image" -> user ? null : unexpected(place, type);
			case "document" -> user ? document(place, block.path("source")) : unexpected(place, type);
			case "tool_use" -> user ? unexpected(place, type) : call(place, block);
			case "thinking" -> user ? unexpected(place, type) : thought(place, block);
			default -> unexpected(place, type);
		};
	}

	private static @Nullable Refusal document(String place, JsonNode source) {
		boolean known = switch (source.path("type").asText()) {
			case "url" -> source.path("url").isTextual();
			case "base64" -> source.path("media_type").asText().equals("application/pdf");
			case "text" -> source.path("media_type").asText().equals("text/plain");
			default -> false;
		};
		return known ? null : refused(place + ".document.source: Input should be a valid source");
	}

	private static @Nullable Refusal text(String text) {
		if (!text.isBlank()) {
			return null;
		}
		return refused(text.isEmpty() ? "messages: text content blocks must be non-empty"
				: "messages: text content blocks must contain non-whitespace text");
	}

	private static Refusal unexpected(String place, String type) {
		return refused(place + ": Input tag '" + type + "' found using 'type' does not match any of the expected tags");
	}

	private @Nullable Refusal call(String place, JsonNode block) {
		String id = block.path("id").asText();
		if (!ID.matcher(id).matches()) {
			return refused(place + ".tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'");
		}
		if (!this.ids.add(id)) {
			return refused(place + ": `tool_use` ids must be unique");
		}
		this.open.add(id);
		return block.path("input").isObject() ? null
				: refused(place + ".tool_use.input: Input should be a valid dictionary");
	}

	private @Nullable Refusal thought(String place, JsonNode block) {
		if (!block.has("signature")) {
			return refused(place + ".thinking.signature: Field required");
		}
		return this.seal.made(block.path("thinking").asText(), block.path("signature").asText()) ? null
				: refused(place + ": Invalid `signature` in `thinking` block");
	}

	static boolean thinks(JsonNode body) {
		String type = body.path("thinking").path("type").asText();
		return type.equals("enabled") || type.equals("adaptive");
	}

	/**
	 * While the model thinks, its turn starts with a thought. A turn begins after the
	 * last message of the user that is more than results of tools.
	 */
	private @Nullable Refusal thoughtless() {
		int first = this.messages.size();
		while (first > 0 && (!isUser(first - 1) || isResult(first - 1))) {
			first--;
		}
		if (isSystem(first)) {
			first++;
		}
		JsonNode start = this.messages.path(first).path("content").path(0);
		String type = start.path("type").asText();
		if (first >= this.messages.size() || type.equals("thinking") || type.equals("redacted_thinking")) {
			return null;
		}
		return refused("messages." + first + ".content.0.type: Expected `thinking` or `redacted_thinking`, but found `"
				+ type + "`. When `thinking` is enabled, a final `assistant` message must start with a thinking block "
				+ "(preceeding the lastmost set of `tool_use` and `tool_result` blocks). We recommend you include "
				+ "thinking blocks from previous turns. To avoid this requirement, disable `thinking`.");
	}

	private boolean isUser(int index) {
		return this.messages.path(index).path("role").asText().equals(USER);
	}

	private boolean isSystem(int index) {
		return this.messages.path(index).path("role").asText().equals(SYSTEM);
	}

	private boolean isResult(int index) {
		for (JsonNode block : this.messages.path(index).path("content")) {
			if (!block.path("type").asText().equals("tool_result")) {
				return false;
			}
		}
		return this.messages.path(index).path("content").isArray();
	}

	private @Nullable Refusal lastWords() {
		int index = this.messages.size() - 1;
		JsonNode content = this.messages.path(index).path("content");
		if (isUser(index) || isSystem(index)) {
			return null;
		}
		JsonNode last = content.path(content.size() - 1);
		if (last.path("type").asText().equals("thinking")) {
			return refused("messages." + index + ": The final block in an assistant message cannot be `thinking`.");
		}
		String text = content.isTextual() ? content.textValue() : last.path("text").asText();
		return text.equals(text.stripTrailing()) ? null
				: refused("messages: final assistant content cannot end with trailing whitespace");
	}

	private static Refusal refused(String words) {
		return new Refusal(words, AnthropicErrors.write(ProviderError.of(400).withMessage(words)));
	}

}
