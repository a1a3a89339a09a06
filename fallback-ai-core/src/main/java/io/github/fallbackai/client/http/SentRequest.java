// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.failure.Need;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was sent to the provider, to find out what a refusal means. The body is
 * parsed only when it is needed.
 */
final class SentRequest {

	/**
	 * Parts that this library or the endpoint's configuration adds, so they are never a
	 * mistake of the caller.
	 */
	private static final Set<String> NOT_THE_CALLERS = Set.of("model", "stream", "stream_options");

	/** The names of Gemini and Anthropic for parts of a request in OpenAI's format. */
	private static final Map<String, String> OTHER_NAMES = Map.of("contents", "messages", "systeminstruction",
			"messages", "system", "messages", "functiondeclarations", "tools", "toolconfig", "tool_choice",
			"outputconfig", "response_format", "outputformat", "response_format");

	/** Objects in which Gemini keeps most parameters, and OpenAI's responses some. */
	private static final List<String> NESTED = List.of("generationConfig", "reasoning", "text");

	private final EndpointRequest request;

	private final byte[] body;

	private final Set<String> essential;

	/** Whether thoughts were left out, because the endpoint refused them. */
	private final boolean withoutThoughts;

	/** Whether the provider has another API that was not asked yet. */
	private final boolean otherApi;

	private @Nullable ObjectNode json;

	/** The parameters by their normalized names, the first of each. */
	private @Nullable Map<String, String> paths;

	private @Nullable List<Mention> mentions;

	private @Nullable Map<String, String> present;

	/**
	 * Keeps a request.
	 * @param request the request, with the form in which it was sent
	 * @param body the body that was sent
	 * @param essential names of parameters that are never left out
	 */
	SentRequest(EndpointRequest request, byte[] body, Set<String> essential) {
		this(request, body, essential, List.of(), false);
	}

	/**
	 * Keeps a request that was changed.
	 * @param request the request, with the form in which it was sent
	 * @param body the body that was sent
	 * @param essential names of parameters that are never left out
	 * @param changes the changes
	 * @param otherApi whether the provider has another API that was not asked yet
	 */
	SentRequest(EndpointRequest request, byte[] body, Set<String> essential, List<Correction> changes,
			boolean otherApi) {
		this.otherApi = otherApi;
		this.withoutThoughts = changes.contains(new HistoryCorrection.WithoutThoughts());
		this.request = request;
		this.body = body;
		this.essential = essential;
	}

	/** What was asked. */
	EndpointRequest request() {
		return this.request;
	}

	/** Whether thoughts were left out, because the endpoint refused them. */
	boolean withoutThoughts() {
		return this.withoutThoughts;
	}

	/** Whether the provider has another API that was not asked yet. */
	boolean otherApi() {
		return this.otherApi;
	}

	/** Whether a stream was asked for. */
	boolean streaming() {
		return this.request.streaming();
	}

	/** The body. */
	ObjectNode body() {
		if (this.json == null) {
			ObjectNode read = ProviderJson.readRequest(this.body);
			this.json = (read != null) ? read : ProviderJson.MAPPER.createObjectNode();
		}
		return this.json;
	}

	/** Whether the request needs that. */
	boolean has(Need need) {
		return switch (need) {
			case TOOLS -> !this.request.chat().tools().isEmpty() || body().has("tools")
					|| messages().stream().anyMatch(SentRequest::aboutTools);
			case IMAGES -> contains(body(), "image");
			case AUDIO -> contains(body(), "audio") || body().has("audio") || body().has("modalities");
			case JSON_OBJECT -> !hasSchema() && (structured() || body().has("response_format"));
			case JSON_SCHEMA -> hasSchema();
			case STREAMING -> streaming();
			case PREFILL -> !messages().isEmpty() && messages().get(messages().size() - 1) instanceof AssistantMessage;
			case PARAMETER, OUTPUT_TOKENS, REQUEST_SIZE -> true;
		};
	}

	private List<ChatMessage> messages() {
		return this.request.chat().messages();
	}

	private static boolean aboutTools(ChatMessage message) {
		return message instanceof ToolResultMessage
				|| (message instanceof AssistantMessage assistant && !assistant.toolCalls().isEmpty());
	}

	private boolean structured() {
		return this.request.chat().responseFormat().structured();
	}

	private boolean hasSchema() {
		return this.request.chat().responseFormat().type() == ResponseFormat.Type.JSON_SCHEMA
				|| body().path("response_format").path("type").asText().equals("json_schema");
	}

	/** Whether a part of a message is of a kind: by its type or media type. */
	private static boolean contains(JsonNode node, String kind) {
		if (node.isObject()) {
			String type = node.path("type").asText();
			if (type.equals(kind) || type.equals("input_" + kind) || type.equals(kind + "_url")
					|| node.path("mimeType").asText().startsWith(kind + "/")) {
				return true;
			}
		}
		for (JsonNode child : node) {
			if (child.isContainerNode() && contains(child, kind)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether a part at the top of the body comes from the caller.
	 * @param said the part as the provider writes it, perhaps with the name of another
	 * format behind this one
	 */
	boolean hasOfCaller(String said) {
		String told = OTHER_NAMES.getOrDefault(normalized(said), said);
		String name = body().has(told) ? told : present().get(normalized(told));
		return name != null && !NOT_THE_CALLERS.contains(name) && !configured().contains(name);
	}

	/** The members at the top of the body by their normalized names. */
	private Map<String, String> present() {
		Map<String, String> names = this.present;
		if (names == null) {
			names = new HashMap<>();
			for (Iterator<String> all = body().fieldNames(); all.hasNext();) {
				String name = all.next();
				if (MemberNames.fits(name)) {
					names.putIfAbsent(normalized(name), name);
				}
			}
			this.present = names;
		}
		return names;
	}

	private Set<String> configured() {
		Set<String> names = new HashSet<>(this.request.endpoint().parameters().defaults().keySet());
		names.addAll(this.request.endpoint().parameters().set().keySet());
		return names;
	}

	/** Whether a parameter is never left out. */
	boolean essential(String name) {
		return this.essential.contains(name);
	}

	/** The parameters that may be left out, ready to be found in words. */
	List<Mention> mentions() {
		List<Mention> found = this.mentions;
		if (found == null) {
			found = parameters().stream().map(Mention::of).toList();
			this.mentions = found;
		}
		return found;
	}

	/** The paths to the parameters that may be left out. */
	private List<String> parameters() {
		List<String> paths = new ArrayList<>();
		MemberNames.forEach(body(), (name) -> {
			if (!essential(name)) {
				paths.add(name);
			}
		});
		for (String holder : NESTED) {
			MemberNames.forEach(body().path(holder), (name) -> {
				if (!essential(holder + '.' + name)) {
					paths.add(holder + '.' + name);
				}
			});
		}
		return paths;
	}

	/**
	 * Finds the parameter that a provider means, which may have another spelling.
	 * @param told the name as the provider writes it
	 * @return the path to the parameter, {@code null} if the request has no such
	 * parameter
	 */
	@Nullable String parameter(String told) {
		Map<String, String> known = this.paths;
		if (known == null) {
			known = new HashMap<>();
			for (String path : parameters()) {
				known.putIfAbsent(normalized(Mention.name(path)), path);
			}
			this.paths = known;
		}
		return known.get(normalized(told));
	}

	private static String normalized(String name) {
		return name.replace("_", "").toLowerCase(Locale.ROOT);
	}

}
