// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.HashSet;
import java.util.Set;

import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.gateway.json.RequestField;
import org.jspecify.annotations.Nullable;

/**
 * Reads which tool the model has to call, and which it may call.
 */
final class ChoiceDecoder {

	private static final int TOOLS = 2000;

	private final ToolNames names;

	private final LeftOut leftOut;

	private final @Nullable ToolChoice choice;

	private @Nullable Set<String> allowed;

	ChoiceDecoder(RequestField choice, ToolNames names, LeftOut leftOut) {
		this.names = names;
		this.leftOut = leftOut;
		this.choice = decode(choice);
	}

	/** The choice, {@code null} if the client left it open. */
	@Nullable ToolChoice choice() {
		return this.choice;
	}

	boolean allowsAll() {
		return this.allowed == null;
	}

	boolean allows(String name) {
		return this.allowed == null || this.allowed.contains(name);
	}

	private @Nullable ToolChoice decode(RequestField choice) {
		if (choice.absent()) {
			return null;
		}
		if (choice.isText()) {
			return mode(choice);
		}
		switch (choice.get("type").text()) {
			case "function", "custom" -> {
				return ToolChoice.tool(name(choice));
			}
			case "allowed_tools" -> {
				this.allowed = allowed(choice.get("tools"));
				return mode(choice.get("mode"));
			}
			default -> {
				this.leftOut.addHosted(choice);
				return null;
			}
		}
	}

	private Set<String> allowed(RequestField tools) {
		Set<String> names = new HashSet<>();
		for (RequestField tool : tools.elements(TOOLS)) {
			switch (tool.get("type").text()) {
				case "function", "custom" -> names.add(name(tool));
				default -> this.leftOut.addHosted(tool);
			}
		}
		return names;
	}

	private String name(RequestField tool) {
		RequestField namespace = tool.get("namespace");
		return this.names.forProviders(namespace.absent() ? null : namespace.text(), tool.get("name").text());
	}

	private static ToolChoice mode(RequestField mode) {
		return switch (mode.text()) {
			case "auto" -> ToolChoice.AUTO;
			case "none" -> ToolChoice.NONE;
			case "required" -> ToolChoice.REQUIRED;
			default -> throw mode.invalid("'auto', 'none' or 'required'");
		};
	}

}
