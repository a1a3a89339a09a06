// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.RequestField;
import io.github.fallbackai.gateway.responses.names.ToolNames;
import org.jspecify.annotations.Nullable;

/**
 * Reads which tool the model has to call, and which it may call.
 */
final class ChoiceDecoder {

	private static final int TOOLS = 2000;

	private static final String TYPE = "type";

	private static final String SERVER = "server_label";

	private static final String AUTO = "auto";

	private final ToolNames names;

	private final LeftOut leftOut;

	private final @Nullable ToolChoice choice;

	private @Nullable Set<String> allowed;

	/** The provider's own tools that are allowed. */
	private final List<JsonNode> allowedHosted = new ArrayList<>();

	/** The choice for endpoints that have these, with the names that they know. */
	private @Nullable JsonNode hosted;

	ChoiceDecoder(RequestField choice, ToolNames names, LeftOut leftOut) {
		this.names = names;
		this.leftOut = leftOut;
		this.choice = decode(choice);
	}

	/** The choice, {@code null} if the client left it open. */
	@Nullable ToolChoice choice() {
		return this.choice;
	}

	boolean allows(String name) {
		return this.allowed == null || this.allowed.contains(name);
	}

	/** Whether a tool that the provider runs itself is allowed. */
	boolean allowsHosted(JsonNode tool) {
		return this.allowed == null || this.allowedHosted.stream().anyMatch((entry) -> same(entry, tool));
	}

	private static boolean same(JsonNode entry, JsonNode tool) {
		boolean server = !entry.hasNonNull(SERVER) || entry.path(SERVER).equals(tool.path(SERVER));
		return entry.path(TYPE).equals(tool.path(TYPE)) && server;
	}

	/** The choice beside tools that a provider runs, {@code null} for none. */
	@Nullable JsonNode hosted() {
		return this.hosted;
	}

	private @Nullable ToolChoice decode(RequestField choice) {
		if (choice.absent()) {
			return null;
		}
		if (choice.isText()) {
			return mode(choice);
		}
		switch (choice.get(TYPE).text()) {
			case "function", "custom" -> {
				String name = name(choice);
				this.hosted = GatewayJson.object().put(TYPE, "function").put("name", name);
				return ToolChoice.tool(name);
			}
			case "allowed_tools" -> {
				this.allowed = allowed(choice.get("tools"));
				return mode(choice.get("mode"));
			}
			default -> {
				this.leftOut.addHosted(choice);
				this.hosted = choice.value();
				return null;
			}
		}
	}

	private Set<String> allowed(RequestField tools) {
		Set<String> names = new HashSet<>();
		for (RequestField tool : tools.elements(TOOLS)) {
			switch (tool.get(TYPE).text()) {
				case "function", "custom" -> names.add(name(tool));
				default -> {
					this.leftOut.addHosted(tool);
					this.allowedHosted.add(tool.value());
				}
			}
		}
		return names;
	}

	private String name(RequestField tool) {
		RequestField namespace = tool.get("namespace");
		return this.names.forProviders(namespace.absent() ? null : namespace.text(), tool.get("name").text());
	}

	private ToolChoice mode(RequestField mode) {
		String word = mode.text(AUTO);
		this.hosted = TextNode.valueOf(word);
		return switch (word) {
			case AUTO -> ToolChoice.AUTO;
			case "none" -> ToolChoice.NONE;
			case "required" -> ToolChoice.REQUIRED;
			default -> throw mode.invalid("'auto', 'none' or 'required'");
		};
	}

}
