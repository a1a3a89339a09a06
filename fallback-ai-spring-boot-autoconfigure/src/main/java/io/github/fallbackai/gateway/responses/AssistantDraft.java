// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.RequestField;
import io.github.fallbackai.gateway.state.StateToken;
import org.jspecify.annotations.Nullable;

/**
 * The items of one answer of the model, which are one message here.
 */
final class AssistantDraft {

	/** The format of items that a client has from a provider itself. */
	private static final String FORMAT = "openai-responses";

	private final List<AssistantPart> parts = new ArrayList<>();

	void add(AssistantPart part) {
		this.parts.add(part);
	}

	void addAll(List<AssistantPart> more) {
		this.parts.addAll(more);
	}

	boolean isEmpty() {
		return this.parts.isEmpty();
	}

	AssistantMessage message() {
		return new AssistantMessage(this.parts, null);
	}

	/**
	 * Adds what the model thought.
	 * @param item the item
	 * @return the whole message if the item is the last of an answer of the gateway's,
	 * {@code null} otherwise
	 */
	@Nullable AssistantMessage reasoning(RequestField item) {
		String encrypted = item.get("encrypted_content").text("");
		AssistantMessage restored = encrypted.isEmpty() ? null : StateToken.restore(message(), encrypted);
		if (restored == null) {
			this.parts.add(thought(item, encrypted));
			return null;
		}
		return withHosted(restored);
	}

	/**
	 * What tools of providers did stays, although the text that came with the answer does
	 * not mention it: it was long, or the endpoint did not give the whole answer.
	 */
	private AssistantMessage withHosted(AssistantMessage restored) {
		Set<ObjectNode> known = new HashSet<>();
		restored.parts().forEach((part) -> add(part, known));
		List<AssistantPart> all = new ArrayList<>();
		for (AssistantPart part : this.parts) {
			if (add(part, known)) {
				all.add(part);
			}
		}
		all.addAll(restored.parts());
		return new AssistantMessage(all, restored.state());
	}

	/** Whether a part is what a tool of a provider did, and was not known. */
	private static boolean add(AssistantPart part, Set<ObjectNode> known) {
		ObjectNode item = HostedItem.of(part);
		return item != null && known.add(item.deepCopy().without("status"));
	}

	private static ReasoningPart thought(RequestField item, String encrypted) {
		List<String> texts = new ArrayList<>();
		for (String holder : new String[] { "summary", "content" }) {
			item.get(holder).elements().forEach((part) -> texts.add(part.get("text").text()));
		}
		String text = String.join("\n\n", texts);
		if (encrypted.isEmpty()) {
			return new ReasoningPart(text);
		}
		// The client has it from a provider. Which one is not known.
		ObjectNode members = GatewayJson.object();
		members.set("summary",
				item.get("summary").absent() ? GatewayJson.object().putArray("summary") : item.get("summary").value());
		return new ReasoningPart(text, null, encrypted, new ProviderState(null, FORMAT, GatewayJson.text(members)));
	}

}
