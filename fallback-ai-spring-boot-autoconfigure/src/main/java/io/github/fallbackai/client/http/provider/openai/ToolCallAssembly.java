package io.github.fallbackai.client.http.provider.openai;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.ToolCallParts;
import org.jspecify.annotations.Nullable;

/**
 * Puts tool calls together from their fragments. Belongs to one answer.
 */
final class ToolCallAssembly {

	private final List<ToolCallParts> calls = new ArrayList<>();

	private final Map<Integer, ToolCallParts> byIndex = new HashMap<>();

	/** Takes in one element of {@code tool_calls}. */
	void add(JsonNode fragment) {
		String id = ProviderJson.text(fragment, "id");
		JsonNode function = fragment.path("function");
		String name = ProviderJson.text(function, "name");
		ToolCallParts call = select(fragment.path("index").asInt(-1), id, name);
		// Set, not appended: some servers repeat id and name with every fragment.
		call.identify(id, name);
		call.addArguments(function.path("arguments"));
	}

	/** The calls; one without an id gets one, since a result must name its call. */
	List<ToolCallParts> calls() {
		this.calls.forEach((call) -> call.identify("call_" + UUID.randomUUID().toString().replace("-", ""), ""));
		return this.calls;
	}

	private ToolCallParts select(int index, String id, String name) {
		ToolCallParts current = (index >= 0) ? this.byIndex.get(index) : last();
		if (current != null && !startsAnother(current, index, id, name)) {
			return current;
		}
		ToolCallParts created = new ToolCallParts(id, name);
		this.calls.add(created);
		if (index >= 0) {
			this.byIndex.put(index, created);
		}
		return created;
	}

	/**
	 * Some servers give every call the index 0, or none at all: then a new id, or a
	 * second name, is a new call.
	 */
	private static boolean startsAnother(ToolCallParts current, int index, String id, String name) {
		boolean otherId = !id.isEmpty() && !current.id().isEmpty() && !id.equals(current.id());
		boolean otherName = index < 0 && id.isEmpty() && !name.isEmpty() && !current.name().isEmpty();
		return otherId || otherName;
	}

	private @Nullable ToolCallParts last() {
		return this.calls.isEmpty() ? null : this.calls.get(this.calls.size() - 1);
	}

}
