// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * Members of an object that come piece by piece, as OpenAI's clients put deltas together:
 * texts are joined, objects merged, elements of lists merged by their {@code index}.
 * Belongs to one answer. {@code toString()} hides them.
 */
public final class MergedMembers {

	/** These are told anew with every piece. All other texts are joined. */
	private static final Set<String> CONSTANT = Set.of("type", "id", "format", "role", "name", "signature");

	/** Texts that are always joined, even if two pieces are equal. */
	private static final Set<String> PIECES = Set.of("text", "summary", "data", "content", "arguments", "thinking");

	/** Most characters of all members together, those without a limit apart. */
	private static final int MOST = 65_536;

	/** Members that are as long as the thoughts that they hold. */
	private static final Set<String> UNLIMITED = Set.of("reasoning_details", "extra_content", "thinking_blocks");

	private final Map<String, Slot> slots = new LinkedHashMap<>();

	private final Map<String, Integer> sizes = new HashMap<>();

	private int size;

	/**
	 * Adds the members of a piece.
	 * @param object the piece, or any other node, which has none
	 * @param known names of members that are read elsewhere
	 * @return whether there was anything new
	 */
	public boolean add(JsonNode object, Set<String> known) {
		boolean added = false;
		if (object.isObject()) {
			for (Map.Entry<String, JsonNode> member : object.properties()) {
				JsonNode value = member.getValue();
				if (!known.contains(member.getKey()) && !value.isNull() && fits(member.getKey(), value)) {
					this.slots.computeIfAbsent(member.getKey(), (key) -> new Slot()).add(member.getKey(), value);
					added = true;
				}
			}
		}
		return added;
	}

	private boolean fits(String name, JsonNode value) {
		if (!UNLIMITED.contains(name)) {
			int more = value.isTextual() ? value.textValue().length() : value.toString().length();
			int all = this.sizes.merge(name, more, Integer::sum);
			if (this.size + more > MOST || all > MOST) {
				// A part of a member would be worse than none of it.
				this.sizes.put(name, MOST);
				this.slots.remove(name);
				return false;
			}
			this.size += more;
		}
		return true;
	}

	/** Whether there are none. */
	public boolean isEmpty() {
		return this.slots.isEmpty();
	}

	/** The members as they are now. */
	public ObjectNode toObject() {
		ObjectNode object = ProviderJson.MAPPER.createObjectNode();
		this.slots.forEach((name, slot) -> object.set(name, slot.value()));
		return object;
	}

	@Override
	public String toString() {
		return "MergedMembers" + this.slots.keySet();
	}

	/**
	 * A value that grows.
	 */
	private static final class Slot {

		private final StringBuilder text = new StringBuilder();

		private final Map<String, Slot> members = new LinkedHashMap<>();

		private final List<Slot> elements = new ArrayList<>(0);

		private final Map<Integer, Slot> byIndex = new HashMap<>(0);

		/** The last value, of which only the kind counts if it grows. */
		private @Nullable JsonNode last;

		/** The value as it came, as long as it was one piece. */
		private @Nullable JsonNode first;

		void add(String name, JsonNode value) {
			JsonNode before = this.first;
			this.first = null;
			if (before != null) {
				grow(name, before);
			}
			if (before == null && this.last == null) {
				this.first = value;
			}
			else {
				grow(name, value);
			}
		}

		private void grow(String name, JsonNode value) {
			if (value.isTextual()) {
				add(name, value.textValue());
			}
			else if (value.isObject()) {
				value.properties()
					.forEach((member) -> this.members.computeIfAbsent(member.getKey(), (key) -> new Slot())
						.add(member.getKey(), member.getValue()));
			}
			else if (value.isArray()) {
				value.forEach((element) -> element(name, element));
			}
			if (!value.isNull() || this.last == null) {
				this.last = value;
			}
		}

		private void add(String name, String more) {
			boolean repeated = !PIECES.contains(name) && this.text.length() == more.length()
					&& this.text.indexOf(more) == 0;
			if (CONSTANT.contains(name) && !more.isEmpty()) {
				this.text.setLength(0);
				this.text.append(more);
			}
			else if (!repeated) {
				this.text.append(more);
			}
		}

		private void element(String name, JsonNode element) {
			JsonNode index = element.path("index");
			Slot slot = index.isInt() ? this.byIndex.get(index.intValue()) : goesOn(element);
			if (slot == null || !slot.sameType(element)) {
				slot = new Slot();
				this.elements.add(slot);
				if (index.isInt()) {
					this.byIndex.put(index.intValue(), slot);
				}
			}
			slot.add(name, element);
		}

		/** Texts without an index go on with the element before. */
		private @Nullable Slot goesOn(JsonNode element) {
			boolean text = element.path("type").asText().startsWith("reasoning.") && !element.has("data");
			return (text && !this.elements.isEmpty()) ? this.elements.get(this.elements.size() - 1) : null;
		}

		private boolean sameType(JsonNode element) {
			JsonNode told = this.first;
			Slot type = this.members.get("type");
			JsonNode mine = (told != null) ? told.path("type") : (type != null) ? type.value() : null;
			return !element.has("type") || mine == null || element.path("type").equals(mine);
		}

		JsonNode value() {
			if (this.first != null) {
				return this.first;
			}
			JsonNode kind = this.last;
			if (kind == null || kind.isTextual()) {
				return TextNode.valueOf(this.text.toString());
			}
			if (kind.isObject()) {
				ObjectNode object = ProviderJson.MAPPER.createObjectNode();
				this.members.forEach((name, slot) -> object.set(name, slot.value()));
				return object;
			}
			if (kind.isArray()) {
				ArrayNode array = ProviderJson.MAPPER.createArrayNode();
				this.elements.forEach((slot) -> array.add(slot.value()));
				return array;
			}
			return kind;
		}

	}

}
