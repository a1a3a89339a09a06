// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.ProviderJson;
import org.jspecify.annotations.Nullable;

/**
 * The tools that a request has. Some providers tell in calls of custom tools what they
 * carry out themselves, such as xAI its searches in X, and no result of it follows. Only
 * the names distinguish these calls from those that the client has to carry out.
 *
 * @see <a href="https://docs.x.ai/docs/guides/tools/overview">xAI: only {@code
 * function_call} is for the client</a>
 */
final class ClientTools {

	private static final String TOOLS = "tools";

	private final @Nullable EndpointRequest request;

	/** Looked for when the first call comes. Most answers have none. */
	private @Nullable Set<String> names;

	/**
	 * @param request what was asked, {@code null} if that is not known
	 */
	ClientTools(@Nullable EndpointRequest request) {
		this.request = request;
	}

	/** Whether an item is the call of a custom tool that the client does not have. */
	boolean runsElsewhere(JsonNode item) {
		if (this.request == null || !ProviderJson.text(item, "type").equals("custom_tool_call")) {
			return false;
		}
		Set<String> known = this.names;
		if (known == null) {
			known = names(this.request);
			this.names = known;
		}
		return !known.contains(ProviderJson.text(item, "name"));
	}

	private static Set<String> names(EndpointRequest request) {
		Set<String> names = new HashSet<>();
		ChatRequest chat = request.chat();
		chat.tools().stream().map(ToolDefinition::name).forEach(names::add);
		for (String format : List.of(request.endpoint().provider(), ResponsesState.FORMAT)) {
			Object tools = chat.extras(format).get(TOOLS);
			if (tools != null) {
				ProviderJson.MAPPER.<JsonNode>valueToTree(tools).forEach((tool) -> {
					names.add(ProviderJson.text(tool, "name"));
					names.add(ProviderJson.text(tool.path("custom"), "name"));
				});
			}
		}
		return names;
	}

}
