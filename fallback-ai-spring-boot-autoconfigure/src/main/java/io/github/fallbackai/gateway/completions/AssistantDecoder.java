// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.completions;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.RefusalPart;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.gateway.json.CacheMarks;
import io.github.fallbackai.gateway.json.RequestField;
import io.github.fallbackai.gateway.json.TextBudget;
import io.github.fallbackai.gateway.state.ProviderMembers;
import io.github.fallbackai.gateway.state.StateToken;

/**
 * Reads what the model said earlier, and what it wants back.
 */
final class AssistantDecoder {

	private static final int TOOL_CALLS = 1000;

	private static final int PARTS = 10_000;

	private static final int THOUGHTS = 1000;

	private AssistantDecoder() {
	}

	static AssistantMessage decode(RequestField message, TextBudget texts) {
		if (!message.get("audio").absent()) {
			throw message.get("audio").unsupported("answers are text");
		}
		if (!message.get("function_call").absent()) {
			throw message.get("function_call").unsupported("use 'tool_calls'");
		}
		List<AssistantPart> parts = new ArrayList<>(ProviderMembers.thoughts(message.value()));
		content(message, parts);
		for (RequestField call : message.get("tool_calls").elements(TOOL_CALLS)) {
			parts.add(toolCall(call));
		}
		AssistantMessage said = new AssistantMessage(parts, ProviderMembers.ofMessage(message.value()));
		RequestField token = message.get(StateToken.MEMBER);
		AssistantMessage restored = token.isText() ? StateToken.restore(said, token.text()) : null;
		AssistantMessage whole = (restored != null) ? restored : said;
		texts.takeState(whole);
		return whole;
	}

	private static void content(RequestField message, List<AssistantPart> parts) {
		RequestField content = message.get("content");
		String refusal = message.get("refusal").text("");
		if (content.isArray()) {
			content.elements(PARTS).forEach((part) -> parts.add(part(part)));
		}
		else if (!content.absent() && (refusal.isEmpty() || !content.text().isEmpty())) {
			parts.add(new TextPart(content.text()).withCacheControl(CacheMarks.of(message)));
		}
		else if (!refusal.isEmpty()) {
			parts.add(new RefusalPart(refusal, null));
		}
		else if (message.get("tool_calls").elements().isEmpty()) {
			throw content.wrongType("a string, unless there are tool calls");
		}
	}

	private static AssistantPart part(RequestField part) {
		switch (part.get("type").text()) {
			case "text" -> {
				return new TextPart(part.get("text").text()).withCacheControl(CacheMarks.of(part));
			}
			case "refusal" -> {
				return new RefusalPart(part.get("refusal").text(), null);
			}
			case "thinking" -> {
				StringBuilder thought = new StringBuilder();
				part.get("thinking").elements(THOUGHTS).forEach((chunk) -> thought.append(chunk.get("text").text("")));
				return ProviderMembers.thought(thought.toString(), "content");
			}
			default -> throw part.get("type").invalid("'text'");
		}
	}

	private static ToolCall toolCall(RequestField call) {
		RequestField type = call.get("type");
		if (!type.text("function").equals("function")) {
			throw type.unsupported("tools are functions");
		}
		RequestField function = call.get("function");
		ProviderState state = ProviderMembers.ofCall(call.value());
		return new ToolCall(call.get("id").text(), function.get("name").text(), function.get("arguments").text("{}"))
			.withState(state);
	}

}
