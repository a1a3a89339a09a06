// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.responses;

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.provider.ProviderJson;

/**
 * What items mean that are neither texts nor thoughts nor calls of functions. There are
 * those of tools that the provider runs, and those that wait for the client: a patch to
 * apply, a command to run, a question. An item of an unknown kind may be all that an
 * answer has.
 */
final class ItemKinds {

	private static final String TYPE = "type";

	private static final String QUESTION = "mcp_approval_request";

	/** What the provider does itself, and what came out of it. */
	private static final Set<String> WORK = Set.of("apply_patch_call_output", "code_interpreter_call",
			"computer_call_output", "custom_tool_call_output", "file_search_call", "function_call_output",
			"image_generation_call", "local_shell_call_output", "mcp_approval_response", "mcp_call", "mcp_list_tools",
			"program", "program_output", "shell_call_output", "tool_search_output", "web_search_call");

	/** Items of which something may be missing. */
	private static final Set<String> BROKEN = Set.of("failed", "incomplete");

	/** Members that hold what came out of the work. */
	private static final Set<String> RESULTS = Set.of("encrypted_content", "error", "output", "outputs", "result",
			"results");

	private ItemKinds() {
	}

	/** Whether the client has to carry something out, and would do so once for each. */
	static boolean asksClient(JsonNode item) {
		String type = ProviderJson.text(item, TYPE);
		boolean call = !ProviderJson.text(item, "call_id").isEmpty() && !type.equals("function_call");
		return isQuestion(item) || (call && !WORK.contains(type) && !providerRuns(item));
	}

	/** Whether the client has to allow something. */
	static boolean isQuestion(JsonNode item) {
		return ProviderJson.text(item, TYPE).equals(QUESTION);
	}

	/** Whether there may be no text beside the item. */
	static boolean answers(JsonNode item) {
		if (WORK.contains(ProviderJson.text(item, TYPE)) || providerRuns(item)) {
			// An image is the result itself.
			return !ProviderJson.text(item, "result").isEmpty();
		}
		return !BROKEN.contains(ProviderJson.text(item, "status"));
	}

	/**
	 * Whether the provider's work broke off before there was a result. Members that the
	 * API insists on may be missing then. Items that a call names are kept, because the
	 * API insists on both.
	 */
	static boolean brokeOff(JsonNode item) {
		boolean alone = ProviderJson.text(item, "call_id").isEmpty()
				|| (ProviderJson.text(item, TYPE).equals("tool_search_call") && providerRuns(item));
		String status = ProviderJson.text(item, "status");
		return alone && !status.isEmpty() && !status.equals("completed")
				&& !ProviderJson.text(item, TYPE).endsWith("_output")
				&& RESULTS.stream().map(item::path).allMatch(ItemKinds::nothing);
	}

	private static boolean nothing(JsonNode result) {
		return result.isContainerNode() ? result.isEmpty()
				: result.isTextual() ? result.textValue().isEmpty() : result.isNull() || result.isMissingNode();
	}

	/** Some tools may run at either side. */
	private static boolean providerRuns(JsonNode item) {
		return switch (ProviderJson.text(item, TYPE)) {
			case "shell_call" -> ProviderJson.text(item.path("environment"), TYPE).startsWith("container");
			case "tool_search_call" -> !ProviderJson.text(item, "execution").equals("client");
			default -> false;
		};
	}

}
