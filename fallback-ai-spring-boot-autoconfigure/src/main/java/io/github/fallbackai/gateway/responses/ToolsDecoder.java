// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.gateway.face.ApiKind;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.OpenAiFamily;
import io.github.fallbackai.gateway.json.RequestField;
import io.github.fallbackai.gateway.responses.names.ClientTool;
import io.github.fallbackai.gateway.responses.names.ToolNames;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tools. Every provider gets functions: a custom tool is one with a single
 * text, and the tools of a namespace have its name before theirs. Belongs to one request.
 */
final class ToolsDecoder {

	private static final String NO_PARAMETERS = "{\"type\":\"object\",\"properties\":{}}";

	/** Providers take some hundred at most. */
	private static final int TOOLS = 2000;

	private static final String PREFIX = "tools.";

	private static final Set<String> OF_FUNCTIONS = Set.of("type", "name", "description", "parameters", "strict");

	private static final Set<String> OF_CUSTOM_TOOLS = Set.of("type", "name", "description", "format");

	private static final Set<String> OF_NAMESPACES = Set.of("type", "name", "description", "tools");

	private final LeftOut leftOut;

	private final ToolNames names = new ToolNames();

	private final List<ToolDefinition> tools = new ArrayList<>();

	/** The tools in the words of chat completions, which say more of a function. */
	private final ArrayNode originals = GatewayJson.object().putArray("tools");

	/** Tools that a provider runs itself. */
	private final ArrayNode hosted = GatewayJson.object().putArray("hosted");

	/** What only endpoints of this API get of functions. */
	private final ArrayNode further = GatewayJson.object().putArray("further");

	private boolean leavesHosted;

	ToolsDecoder(LeftOut leftOut) {
		this.leftOut = leftOut;
	}

	ToolNames names() {
		return this.names;
	}

	/** Whether the model may use a tool that a provider runs itself. */
	boolean leavesHosted() {
		return this.leavesHosted;
	}

	/**
	 * Reads the tools.
	 * @return whether there is any that the client runs
	 */
	boolean decode(RequestField body, ChatRequestBuilder chat) {
		List<RequestField> given = body.get("tools").elements(TOOLS);
		// Names without a namespace stay as they are, so they come first.
		given.stream().filter((tool) -> !isNamespace(tool)).forEach((tool) -> tool(null, tool));
		given.stream().filter(ToolsDecoder::isNamespace).forEach(this::namespace);
		ChoiceDecoder choice = new ChoiceDecoder(body.get("tool_choice"), this.names, this.leftOut);
		this.tools.stream().filter((tool) -> choice.allows(tool.name())).forEach(chat::tool);
		chat.toolChoice(choice.choice());
		strict(choice, chat);
		hosted(choice, chat);
		return this.tools.stream().anyMatch((tool) -> choice.allows(tool.name()));
	}

	private void strict(ChoiceDecoder choice, ChatRequestBuilder chat) {
		ArrayNode allowed = GatewayJson.object().putArray("tools");
		boolean strict = false;
		for (JsonNode tool : this.originals) {
			JsonNode function = tool.path("function");
			if (choice.allows(function.path("name").asText())) {
				allowed.add(tool);
				strict |= function.path("strict").asBoolean();
			}
		}
		if (strict) {
			OpenAiFamily.add(chat, "tools", allowed);
			this.leftOut.onlyFor("tools.strict", Set.of(ApiKind.CHAT, ApiKind.RESPONSES));
		}
	}

	/** A choice without tools is refused, also one that names what the provider runs. */
	private void hosted(ChoiceDecoder choice, ChatRequestBuilder chat) {
		ArrayNode allowed = GatewayJson.object().putArray("tools");
		this.hosted.forEach((tool) -> {
			if (choice.allowsHosted(tool)) {
				allowed.add(tool);
			}
		});
		this.leavesHosted = !allowed.isEmpty();
		ArrayNode all = this.further.deepCopy().addAll(allowed);
		if (!all.isEmpty()) {
			LeftOut.passOn(chat, "tools", all);
		}
		if (choice.hosted() != null && (!allowed.isEmpty() || choice.choice() == null)) {
			LeftOut.passOn(chat, "tool_choice", choice.hosted());
		}
	}

	private static boolean isNamespace(RequestField tool) {
		return tool.get("type").text().equals("namespace");
	}

	private void namespace(RequestField namespace) {
		this.leftOut.drop(namespace, OF_NAMESPACES, PREFIX);
		String name = namespace.get("name").text();
		String about = namespace.get("description").text("");
		for (RequestField tool : namespace.get("tools").elements(TOOLS)) {
			tool(new Namespace(name, about), tool);
			// It is long at times, so only the first tool has it.
			about = "";
		}
	}

	private void tool(@Nullable Namespace namespace, RequestField tool) {
		switch (tool.get("type").text()) {
			case "function" -> {
				RequestField parameters = tool.get("parameters");
				add(namespace, tool, false,
						parameters.absent() ? NO_PARAMETERS : GatewayJson.text(parameters.object()));
			}
			case "custom" -> add(namespace, tool, true, CustomInput.SCHEMA);
			default -> {
				this.leftOut.addHosted(tool);
				this.hosted.add(tool.value());
			}
		}
	}

	private void add(@Nullable Namespace namespace, RequestField tool, boolean custom, String schema) {
		String named = tool.get("name").text();
		String name = this.names.add(new ClientTool((namespace != null) ? namespace.name() : null, named, custom));
		if (name == null) {
			throw tool.get("name").invalid("a name that no other tool has");
		}
		StringBuilder about = new StringBuilder();
		if (namespace != null && !namespace.description().isBlank()) {
			about.append("About all tools of ").append(namespace.name()).append(": ");
			about.append(namespace.description()).append("\n\n");
		}
		about.append(tool.get("description").text(""));
		if (custom) {
			about.append(CustomInput.describe(tool.get("format")));
			if (tool.get("format").get("type").text("text").equals("grammar")) {
				// Endpoints are told in words, and nothing makes them follow it.
				this.leftOut.add("tools.format");
			}
		}
		ToolDefinition definition = new ToolDefinition(name, about.toString(), schema);
		this.tools.add(definition);
		original(definition, !custom && tool.get("strict").flag(false));
		further(name, custom, tool);
	}

	/** What only this API says of a function, which is strict as far as possible here. */
	private void further(String name, boolean custom, RequestField tool) {
		ObjectNode members = this.leftOut.further(tool, custom ? OF_CUSTOM_TOOLS : OF_FUNCTIONS, PREFIX);
		if (!custom && tool.get("strict").absent()) {
			members.putNull("strict");
		}
		if (!members.isEmpty()) {
			this.further.add(members.put("type", "function").put("name", name));
		}
	}

	private void original(ToolDefinition tool, boolean strict) {
		ObjectNode function = this.originals.addObject().put("type", "function").putObject("function");
		function.put("name", tool.name()).put("description", tool.description());
		function.set("parameters", Objects.requireNonNull(GatewayJson.value(tool.parametersSchema())));
		function.put("strict", strict);
	}

	/**
	 * What surrounds a tool.
	 *
	 * @param name name of the namespace
	 * @param description what it says of all its tools, possibly empty
	 */
	private record Namespace(String name, String description) {

	}

}
