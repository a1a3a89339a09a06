// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
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

	/** Members by which a provider adds what is not in the request. */
	private static final Set<String> ADDING = Set.of("conversation", "previous_response_id", "prompt");

	/** Items whose tools are no tools of the client. */
	private static final Set<String> TOOLS_OF_OTHERS = Set.of("mcp_list_tools");

	private final byte @Nullable [] request;

	/** Looked for when the first call comes. Most answers have none. */
	private @Nullable Set<String> names;

	private boolean known;

	/**
	 * @param request the body that was sent, {@code null} if that is not known
	 */
	ClientTools(byte @Nullable [] request) {
		this.request = request;
	}

	/** Whether an item is the call of a custom tool that the client does not have. */
	boolean runsElsewhere(JsonNode item) {
		if (!ProviderJson.text(item, "type").equals("custom_tool_call")) {
			return false;
		}
		if (!this.known) {
			this.known = true;
			this.names = (this.request != null) ? names(ProviderJson.readRequest(this.request)) : null;
		}
		Set<String> names = this.names;
		return names != null && !names.contains(ProviderJson.text(item, "name"));
	}

	/** The names, {@code null} if there may be others. */
	private static @Nullable Set<String> names(@Nullable JsonNode body) {
		if (body == null || ADDING.stream().anyMatch(body::hasNonNull)) {
			return null;
		}
		Set<String> names = new HashSet<>();
		add(body.path(TOOLS), names);
		for (JsonNode item : body.path("input")) {
			// What a search found, or a client adds in the middle, are tools as well.
			if (!TOOLS_OF_OTHERS.contains(ProviderJson.text(item, "type"))) {
				add(item.path(TOOLS), names);
			}
		}
		return names;
	}

	/** A namespace is a tool that has tools. */
	private static void add(JsonNode tools, Set<String> names) {
		for (JsonNode tool : tools) {
			names.add(ProviderJson.text(tool, "name"));
			names.add(ProviderJson.text(tool.path("custom"), "name"));
			add(tool.path(TOOLS), names);
		}
	}

}
