// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.failure.Usage;
import io.github.fallbackai.gateway.json.GatewayJson;
import org.jspecify.annotations.Nullable;

/**
 * Members of an answer that only an endpoint of this API wrote, at the places where it
 * wrote them. An answer of other endpoints has none.
 *
 * @param all the members by place
 */
record Remarks(ObjectNode all) {

	private static final String USAGE = "usage";

	/**
	 * Reads what an answer has.
	 * @param state what only clients of a provider's API read
	 */
	static Remarks of(@Nullable ProviderState state) {
		ObjectNode members = BlockState.members(state);
		return new Remarks((members != null) ? members : GatewayJson.object());
	}

	/** At the beginning of a stream, within the message. */
	ObjectNode start() {
		return without("start");
	}

	/** In the last delta of a stream. */
	ObjectNode delta() {
		return without("delta");
	}

	/** Beside the last delta. */
	ObjectNode end() {
		return without("end");
	}

	private ObjectNode without(String place) {
		ObjectNode members = at(place);
		members.remove(USAGE);
		return members;
	}

	private ObjectNode at(String place) {
		return (this.all.path(place) instanceof ObjectNode members) ? members.deepCopy() : GatewayJson.object();
	}

	private ObjectNode usage(String place) {
		return (at(place).path(USAGE) instanceof ObjectNode usage) ? usage : GatewayJson.object();
	}

	/** The tokens as the provider reports them at the beginning. */
	ObjectNode firstUsage() {
		ObjectNode usage = usage("start");
		return usage.isEmpty() ? MessageJson.usage(null) : usage;
	}

	/**
	 * The tokens at the end. The numbers are those of all attempts, everything else is
	 * what the provider says.
	 * @param tokens the numbers
	 * @param whole whether what was said at the beginning belongs here, too
	 */
	ObjectNode lastUsage(@Nullable Usage tokens, boolean whole) {
		ObjectNode usage = whole ? usage("start") : GatewayJson.object();
		usage.setAll(usage("end"));
		ObjectNode ours = MessageJson.usage(tokens);
		ours.properties().forEach((member) -> {
			if (member.getValue() instanceof ObjectNode details && usage.path(member.getKey()) instanceof ObjectNode) {
				usage.withObject('/' + member.getKey()).setAll(details);
			}
			else {
				usage.set(member.getKey(), member.getValue());
			}
		});
		return usage;
	}

	@Override
	public String toString() {
		return "Remarks[" + this.all.size() + "]";
	}

}
