// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.HashSet;
import java.util.Set;

import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.gateway.json.CacheMarks;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.RequestField;

/**
 * Reads tools and the choice among them, as every provider understands them.
 */
final class Tools {

	/** Providers take some hundred at most. */
	private static final int TOOLS = 2000;

	private static final Set<String> MEMBERS = Set.of("type", "name", "description", "input_schema", "cache_control");

	private Tools() {
	}

	/**
	 * Reads the tools of a request.
	 * @param body the request
	 * @param chat gets those that every provider understands
	 * @param needs is told of the others
	 * @param optional whether tools that only endpoints of this API have may be left out
	 */
	static void read(RequestField body, ChatRequestBuilder chat, Needs needs, boolean optional) {
		Set<String> names = new HashSet<>();
		boolean leftOut = false;
		for (RequestField tool : body.get("tools").elements(TOOLS)) {
			tool.object();
			String type = tool.get("type").text("custom");
			if (type.equals("custom")) {
				needs.unknownMembers(tool, MEMBERS, "tools.");
				names.add(tool.get("name").text());
				chat.tool(new ToolDefinition(tool.get("name").text(), tool.get("description").text(""),
						GatewayJson.text(tool.get("input_schema").object()))
					.withCacheControl(CacheMarks.of(tool)));
			}
			else if (optional) {
				needs.leftOut("tools." + type);
				leftOut = true;
			}
			else {
				needs.required(tool.get("type"), "this tool");
			}
		}
		RequestField choice = body.get("tool_choice");
		if (choice.absent()) {
			return;
		}
		ToolChoice wanted = choice(choice);
		if (leftOut && !isPossible(choice, names)) {
			// Endpoints of this API get it as it came.
			needs.leftOut("tool_choice");
		}
		else {
			chat.toolChoice(wanted);
		}
	}

	/** Whether endpoints without the tools that are left out can do that. */
	private static boolean isPossible(RequestField choice, Set<String> names) {
		return switch (choice.get("type").text()) {
			case "tool" -> names.contains(choice.get("name").text());
			case "any" -> !names.isEmpty();
			default -> true;
		};
	}

	private static ToolChoice choice(RequestField choice) {
		return switch (choice.get("type").text()) {
			case "auto" -> ToolChoice.AUTO;
			case "any" -> ToolChoice.REQUIRED;
			case "none" -> ToolChoice.NONE;
			case "tool" -> ToolChoice.tool(choice.get("name").text());
			default -> throw choice.get("type").invalid("'auto', 'any', 'tool' or 'none'");
		};
	}

}
