// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ProviderState;
import io.github.fallbackai.chat.TextPart;
import io.github.fallbackai.gateway.face.ApiKind;
import io.github.fallbackai.gateway.face.EndpointNeed;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.Omissions;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.Neutral;
import io.github.fallbackai.gateway.json.RequestField;
import org.jspecify.annotations.Nullable;

/**
 * What endpoints do not get of a request. A header of the answer tells the client.
 * Belongs to one request.
 */
final class LeftOut {

	/** Where endpoints find what only their Responses API has. */
	static final String RESPONSES_API = "openai-responses";

	private static final Set<ApiKind> RESPONSES_ONLY = Set.of(ApiKind.RESPONSES);

	private final HostedTools hostedTools;

	private @Nullable EndpointNeed need;

	private final Omissions omissions = new Omissions();

	LeftOut(HostedTools hostedTools) {
		this.hostedTools = hostedTools;
	}

	/** A parameter or a part of one is left out. */
	void add(String name) {
		this.omissions.add(name);
	}

	/** Only some endpoints get a parameter. */
	void onlyFor(String name, Set<ApiKind> readers) {
		this.omissions.onlyFor(name, readers);
	}

	/** Endpoints of one API do not get a parameter. */
	void butFor(String name, ApiKind kind) {
		this.omissions.butFor(name, kind);
	}

	/**
	 * A provider's own tool, or what such a tool did. Endpoints that are asked by the
	 * Responses API get it. Without one, the request is refused, or it is left out.
	 * @param holder what has it
	 */
	void addHosted(RequestField holder) {
		String type = Omissions.printable(holder.get("type").text());
		this.omissions.onlyFor(type, RESPONSES_ONLY);
		if (this.hostedTools == HostedTools.REJECT && this.need == null) {
			this.need = new EndpointNeed((endpoint) -> ApiKind.of(endpoint) == ApiKind.RESPONSES, GatewayError
				.invalid("unsupported_tool", holder.path(), "'" + holder.path()
						+ "' is not supported here: only providers that are asked by the Responses API know '" + type
						+ "', and no endpoint here is asked by it. Leave it out, or use a tool of the type 'function' or 'custom'."));
		}
	}

	/**
	 * Passes something on to endpoints that are asked by the Responses API.
	 * @param chat gets it
	 * @param name the parameter, as that API calls it
	 * @param value its value
	 */
	static void passOn(ChatRequestBuilder chat, String name, JsonNode value) {
		chat.extra(RESPONSES_API, name, value);
	}

	/** Whether others refer to an item: an approval has the id of what it approves. */
	static boolean keepsId(JsonNode item) {
		return item.path("type").asText().equals("mcp_approval_request");
	}

	/**
	 * Members that only endpoints of this API may know.
	 * @param holder what has them
	 * @param known the members that are read
	 * @param prefix what their names begin with
	 * @return the members
	 */
	ObjectNode further(RequestField holder, Set<String> known, String prefix) {
		return further(holder, known, prefix, RESPONSES_ONLY);
	}

	/** The same for what has no place at endpoints. */
	void drop(RequestField holder, Set<String> known, String prefix) {
		further(holder, known, prefix, Set.of());
	}

	private ObjectNode further(RequestField holder, Set<String> known, String prefix, Set<ApiKind> readers) {
		ObjectNode further = GatewayJson.object();
		holder.object().properties().forEach((member) -> {
			if (!known.contains(member.getKey()) && !Neutral.is(member.getValue())) {
				this.omissions.onlyFor(prefix + member.getKey(), readers);
				further.set(member.getKey(), member.getValue());
			}
		});
		return further;
	}

	/** The same as something that goes back, {@code null} if there is nothing. */
	@Nullable ProviderState furtherState(RequestField holder, Set<String> known, String prefix) {
		ObjectNode further = further(holder, known, prefix);
		return further.isEmpty() ? null : state(further);
	}

	/** Members for endpoints of this API. */
	private static ProviderState state(ObjectNode members) {
		return new ProviderState(null, RESPONSES_API, GatewayJson.text(members));
	}

	/** What such a tool did, as a part of an answer. */
	static TextPart part(RequestField item) {
		ObjectNode state = GatewayJson.object();
		ObjectNode kept = item.object().deepCopy();
		// With an id, the API would look the item up, but nothing is stored there.
		kept.remove(keepsId(kept) ? List.of("created_by") : List.of("id", "created_by"));
		// The API refuses a null that it wrote itself.
		kept.properties().removeIf((member) -> member.getValue().isNull());
		state.set("item", kept);
		return new TextPart("").withState(state(state));
	}

	/** Which endpoints can be asked, {@code null} for all. */
	@Nullable EndpointNeed need() {
		return this.need;
	}

	Omissions omissions() {
		return this.omissions;
	}

}
