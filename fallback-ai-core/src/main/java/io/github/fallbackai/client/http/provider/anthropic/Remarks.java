// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.client.http.provider.ProviderJson;

/**
 * What a message says in members that mean nothing here, such as its container. Clients
 * of this API read it where it was: at the {@code start} of the stream, in its last
 * {@code delta}, and beside that, at the {@code end}. Belongs to one answer.
 */
final class Remarks {

	private static final String START = "start";

	private static final String DELTA = "delta";

	private static final String END = "end";

	private static final String USAGE = "usage";

	private static final String CONTAINER = "container";

	private static final String CONTEXT = "context_management";

	private static final String STOP_SEQUENCE = "stop_sequence";

	private static final Set<String> OF_MESSAGES = Set.of("id", "type", "role", "model", "content", "stop_reason",
			STOP_SEQUENCE, "stop_details");

	private static final Set<String> OF_ENDS = Set.of("type", "delta");

	private final ObjectNode all = ProviderJson.MAPPER.createObjectNode();

	/** A stream begins. */
	void start(JsonNode message) {
		add(message, START, OF_MESSAGES);
	}

	/** The last event of a stream but one. */
	void end(JsonNode event) {
		add(event.path(DELTA), DELTA, OF_MESSAGES);
		stop(event.path(DELTA));
		add(event, END, OF_ENDS);
	}

	/** The whole message, of which some members come late in a stream. */
	void whole(JsonNode message) {
		start(message);
		move(message, CONTAINER, DELTA);
		stop(message);
		move(message, CONTEXT, END);
		move(message, USAGE, END);
	}

	/** At which of several texts the model stopped. */
	private void stop(JsonNode holder) {
		if (holder.hasNonNull(STOP_SEQUENCE)) {
			move(holder, STOP_SEQUENCE, DELTA);
		}
	}

	private void move(JsonNode message, String member, String place) {
		if (message.has(member)) {
			this.all.withObject('/' + place).set(member, message.get(member));
		}
	}

	private void add(JsonNode holder, String place, Set<String> known) {
		holder.properties().forEach((member) -> {
			if (!known.contains(member.getKey())) {
				this.all.withObject('/' + place).set(member.getKey(), member.getValue());
			}
		});
	}

	/** Whether there is anything to tell. */
	boolean any() {
		return !this.all.isEmpty();
	}

	ProviderState state() {
		return AnthropicState.of(this.all);
	}

}
