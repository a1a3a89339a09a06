// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.completions;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.chat.CacheControl;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.gateway.json.CacheMarks;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.RequestField;
import org.jspecify.annotations.Nullable;

/**
 * Reads tools and the choice among them, as every provider understands them.
 */
final class ToolsDecoder {

	private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

	/** Providers take some hundred at most. */
	private static final int TOOLS = 2000;

	private ToolsDecoder() {
	}

	static void decode(RequestField body, ChatRequestBuilder request) {
		List<ToolDefinition> tools = new ArrayList<>();
		for (RequestField tool : body.get("tools").elements(TOOLS)) {
			tools.add(tool(tool));
		}
		RequestField choice = body.get("tool_choice");
		Set<String> allowed = allowed(choice);
		tools.stream().filter((tool) -> allowed == null || allowed.contains(tool.name())).forEach(request::tool);
		request.toolChoice(choice(choice));
	}

	private static ToolDefinition tool(RequestField tool) {
		requireFunction(tool.get("type"));
		RequestField function = tool.get("function");
		RequestField parameters = function.get("parameters");
		CacheControl onTool = CacheMarks.of(tool);
		return new ToolDefinition(function.get("name").text(), function.get("description").text(""),
				parameters.absent() ? NO_PARAMETERS : GatewayJson.text(parameters.object()))
			.withCacheControl((onTool != null) ? onTool : CacheMarks.of(function));
	}

	private static void requireFunction(RequestField type) {
		if (!type.text().equals("function")) {
			throw type.unsupported("tools are functions");
		}
	}

	private static @Nullable ToolChoice choice(RequestField choice) {
		if (choice.absent()) {
			return null;
		}
		if (choice.isText()) {
			return mode(choice);
		}
		RequestField type = choice.get("type");
		if (type.text().equals("allowed_tools")) {
			return mode(choice.get("allowed_tools").get("mode"));
		}
		requireFunction(type);
		return ToolChoice.tool(choice.get("function").get("name").text());
	}

	private static ToolChoice mode(RequestField mode) {
		return switch (mode.text()) {
			case "auto" -> ToolChoice.AUTO;
			case "none" -> ToolChoice.NONE;
			case "required" -> ToolChoice.REQUIRED;
			default -> throw mode.invalid("'auto', 'none' or 'required'");
		};
	}

	/** The only tools that may be called, {@code null} for all. */
	private static @Nullable Set<String> allowed(RequestField choice) {
		if (!choice.get("type").isText() || !choice.get("type").text().equals("allowed_tools")) {
			return null;
		}
		Set<String> names = new HashSet<>();
		for (RequestField tool : choice.get("allowed_tools").get("tools").elements(TOOLS)) {
			requireFunction(tool.get("type"));
			names.add(tool.get("function").get("name").text());
		}
		return names;
	}

}
