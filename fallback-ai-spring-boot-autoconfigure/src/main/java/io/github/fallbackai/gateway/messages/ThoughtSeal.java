// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.List;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.AssistantPart;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.ReasoningPart;
import io.github.fallbackai.gateway.state.StateToken;
import org.jspecify.annotations.Nullable;

/**
 * Signatures that clients get in place of the providers' own. They also say which model
 * group thought the thought, so that no other one gets to see it. Clients return
 * signatures as they are. A signature of another origin has no known maker.
 */
final class ThoughtSeal {

	private static final AssistantMessage NOTHING = new AssistantMessage("", List.of());

	private static final ProviderState UNKNOWN_MAKER = new ProviderState(null, BlockState.ANTHROPIC, "{}");

	private ThoughtSeal() {
	}

	/** Seals a thought, whose text the client gets beside it. */
	static String of(ReasoningPart thought) {
		String token = StateToken.of(new AssistantMessage(List.of(thought.withText("")), null));
		return (token != null) ? token : "";
	}

	/**
	 * Finds out who thought a thought.
	 * @param text the text
	 * @param signature what the client returned as its signature
	 * @return the thought as its maker wants it back; of no use to anyone if it has no
	 * signature
	 */
	static ReasoningPart open(String text, String signature) {
		ReasoningPart sealed = read(signature);
		if (sealed != null) {
			return sealed.withText(text);
		}
		return new ReasoningPart(text, signature, null, signature.isEmpty() ? null : UNKNOWN_MAKER);
	}

	/** The same for a thought that the provider does not show. */
	static ReasoningPart openRedacted(String data) {
		ReasoningPart sealed = read(data);
		return (sealed != null) ? sealed : new ReasoningPart("", null, data, UNKNOWN_MAKER);
	}

	private static @Nullable ReasoningPart read(String seal) {
		AssistantMessage message = StateToken.restore(NOTHING, seal);
		List<AssistantPart> parts = (message != null) ? message.parts() : List.of();
		return (parts.size() == 1 && parts.get(0) instanceof ReasoningPart thought) ? thought : null;
	}

}
