// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.completions;

import java.util.Iterator;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.face.ApiKind;
import io.github.fallbackai.gateway.face.Omissions;
import io.github.fallbackai.gateway.json.Neutral;

/**
 * Members of messages that OpenAI does not document. They reach OpenAI-compatible
 * endpoints if the settings list them, as {@code messages.name} or, within a part, as
 * {@code messages.content.name}. Belongs to one request.
 */
final class MessageMembers {

	private static final String MESSAGES = "messages.";

	private static final String CONTENT = "messages.content.";

	private static final String CALLS = "messages.tool_calls.";

	private static final String FUNCTION = "function";

	/** What a message may have by any role, besides what only answers have. */
	private static final Set<String> READ = Set.of("role", "content", "name", "tool_call_id", "cache_control");

	/** What clients return of an answer, as the gateway or its libraries wrote it. */
	private static final Set<String> OF_ANSWERS = Set.of("refusal", "audio", "function_call", "tool_calls",
			"annotations", "reasoning_content", "reasoning", "reasoning_details", "extra_content", "provider_state",
			"parsed");

	private static final Set<String> OF_PARTS = Set.of("type", "text", "refusal", "thinking", "image_url",
			"input_audio", "file", "cache_control", "annotations");

	private static final Set<String> OF_CALLS = Set.of("id", "type", "index", FUNCTION, "extra_content");

	private static final Set<String> OF_FUNCTIONS = Set.of("name", "arguments", "parsed_arguments");

	private static final Set<ApiKind> CHAT = Set.of(ApiKind.CHAT);

	private final Set<String> passThrough;

	private final Omissions omissions;

	MessageMembers(Set<String> passThrough, Omissions omissions) {
		this.passThrough = passThrough;
		this.omissions = omissions;
	}

	/**
	 * Looks at a message.
	 * @param message the message
	 * @param original gets what is passed on
	 * @param known whether everything is known because the gateway wrote it
	 */
	void of(JsonNode message, ObjectNode original, boolean known) {
		boolean answer = message.path("role").asText().equals("assistant");
		message.properties().forEach((member) -> {
			String name = member.getKey();
			boolean read = READ.contains(name) || (answer && (known || OF_ANSWERS.contains(name)));
			if (!read && !member.getValue().isNull()) {
				if (this.passThrough.contains(MESSAGES + name)) {
					original.set(name, member.getValue());
					this.omissions.onlyFor(MESSAGES + name, CHAT);
				}
				else {
					this.omissions.add(MESSAGES + name);
				}
			}
		});
		if (message.hasNonNull("name")) {
			this.omissions.onlyFor(MESSAGES + "name", CHAT);
		}
	}

	/**
	 * Looks at the tool calls of an earlier answer. No endpoint gets more of them than is
	 * documented.
	 * @param calls the calls
	 */
	void ofCalls(JsonNode calls) {
		for (JsonNode call : calls) {
			leaveOut(call, OF_CALLS, CALLS);
			leaveOut(call.path(FUNCTION), OF_FUNCTIONS, CALLS + FUNCTION + '.');
		}
	}

	private void leaveOut(JsonNode holder, Set<String> known, String prefix) {
		holder.properties().forEach((member) -> {
			if (!known.contains(member.getKey()) && !Neutral.is(member.getValue())) {
				this.omissions.add(prefix + member.getKey());
			}
		});
	}

	/**
	 * Removes what is not passed on from the parts of a content.
	 * @param content the parts
	 * @return whether something is left that the settings list
	 */
	boolean ofContent(JsonNode content) {
		boolean listed = false;
		for (JsonNode part : content) {
			Iterator<String> names = part.fieldNames();
			while (names.hasNext()) {
				String name = names.next();
				if (OF_PARTS.contains(name) || Neutral.is(part.path(name))) {
					continue;
				}
				if (this.passThrough.contains(CONTENT + name)) {
					this.omissions.onlyFor(CONTENT + name, CHAT);
					listed = true;
				}
				else {
					this.omissions.add(CONTENT + name);
					names.remove();
				}
			}
			if (!Neutral.is(part.path("image_url").path("detail"))) {
				this.omissions.onlyFor(CONTENT + "image_url.detail", Readers.OPENAI);
			}
		}
		return listed;
	}

}
