// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.provider.MergedMembers;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.ToolCallList;
import io.github.fallbackai.client.http.provider.ToolCallParts;
import org.jspecify.annotations.Nullable;

/**
 * Assembles tool calls from their fragments. Belongs to one answer.
 */
final class ToolCallAssembly {

	private static final Set<String> KNOWN = Set.of("index", "id", "type", "function");

	private final List<ToolCallParts> calls = new ToolCallList();

	private final Map<Integer, ToolCallParts> byIndex = new HashMap<>();

	/** Whether a call may have no id. */
	private boolean unnamed;

	/** Members of the calls that only the server understands. */
	private final Map<ToolCallParts, MergedMembers> members = new HashMap<>(0);

	private final Set<ToolCallParts> changed = new HashSet<>(0);

	/**
	 * Adds one element of {@code tool_calls}.
	 * @param fragment an object
	 * @return whether it begins a call, or adds to its arguments
	 */
	boolean add(JsonNode fragment) {
		int before = this.calls.size();
		ToolCallParts call = add(fragment.path("index").asInt(-1), ProviderJson.text(fragment, "id"),
				fragment.path("function"));
		members(call, fragment);
		return this.calls.size() > before || hasArguments(fragment.path("function"));
	}

	/**
	 * Adds a {@code function_call}, the older form of {@code tool_calls}. Some servers
	 * send an empty one with every piece of text.
	 * @param function any node
	 * @return whether it says anything
	 */
	boolean addFunction(JsonNode function) {
		if (ProviderJson.text(function, "name").isEmpty() && ProviderJson.text(function, "arguments").isEmpty()) {
			return false;
		}
		add(-1, "", function);
		return true;
	}

	private void members(ToolCallParts call, JsonNode fragment) {
		MergedMembers known = this.members.get(call);
		MergedMembers all = (known != null) ? known : new MergedMembers();
		if (all.add(fragment, KNOWN)) {
			this.members.put(call, all);
			this.changed.add(call);
		}
	}

	private ToolCallParts add(int index, String id, JsonNode function) {
		ToolCallParts call = select(index, id, function);
		// Set, not appended: some servers repeat id and name with every fragment.
		call.identify(id, ProviderJson.text(function, "name"));
		call.addArguments(function.path("arguments"));
		return call;
	}

	/** The calls. A call without an id gets one, because a result must name its call. */
	List<ToolCallParts> calls() {
		if (this.unnamed) {
			this.unnamed = false;
			this.calls.stream()
				.filter((call) -> call.id().isEmpty())
				.forEach((call) -> call.identify("call_" + UUID.randomUUID().toString().replace("-", ""), ""));
		}
		this.members.forEach((call, all) -> {
			if (this.changed.remove(call)) {
				call.state(OpenAiState.of(all.toObject()));
			}
		});
		return this.calls;
	}

	private ToolCallParts select(int index, String id, JsonNode function) {
		ToolCallParts current = (index >= 0) ? this.byIndex.get(index) : last();
		if (current != null && !startsAnother(current, id, function)) {
			return current;
		}
		ToolCallParts created = new ToolCallParts(id, ProviderJson.text(function, "name"));
		this.calls.add(created);
		this.unnamed |= id.isEmpty();
		if (index >= 0) {
			this.byIndex.put(index, created);
		}
		return created;
	}

	/**
	 * Some servers give every call the index 0, or no index. Then a new id, or without
	 * ids a second name, begins a new call. The same name with arguments also begins one
	 * if the arguments of the current call are whole already. Other servers give every
	 * fragment a new id. As long as the arguments under way go on, that is still the same
	 * call, with its first id.
	 */
	private static boolean startsAnother(ToolCallParts current, String id, JsonNode function) {
		String name = ProviderJson.text(function, "name");
		if (!id.isEmpty() && !current.id().isEmpty()) {
			boolean goesOn = hasArguments(function) && !current.hasWholeArguments()
					&& (name.isEmpty() || name.equals(current.name()));
			return !id.equals(current.id()) && !goesOn;
		}
		if (name.isEmpty() || current.name().isEmpty()) {
			return false;
		}
		return !name.equals(current.name()) || (hasArguments(function) && current.hasWholeArguments());
	}

	private static boolean hasArguments(JsonNode function) {
		return function.path("arguments").isObject() || !ProviderJson.text(function, "arguments").isBlank();
	}

	private @Nullable ToolCallParts last() {
		return this.calls.isEmpty() ? null : this.calls.get(this.calls.size() - 1);
	}

}
