// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.gateway.face.ApiKind;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.json.RequestField;
import io.github.fallbackai.gateway.json.TextBudget;
import org.springframework.http.HttpHeaders;

/**
 * Reads a request: see <a href="https://docs.anthropic.com/en/api/messages">the API
 * reference</a>. Endpoints that speak this API get all of it, also members and headers
 * that are not known here. What this library can express is read, so that every provider
 * can be asked. Immutable.
 */
final class MessagesDecoder {

	private static final String HEADERS = "anthropic-";

	/** Headers that say nothing about the answer. */
	private static final Set<String> OF_TRANSPORT = Set.of("anthropic-version",
			"anthropic-dangerous-direct-browser-access");

	private static final int STOP_SEQUENCES = 100;

	/** Members that the call decides, or that are kept elsewhere. */
	private static final Set<String> NOT_PASSED_ON = Set.of("model", "stream", "max_tokens", "messages");

	/**
	 * Members that other providers get in their own words, or that mean nothing there.
	 */
	private static final Set<String> TRANSLATED = Set.of("system", "tools", "tool_choice", "stop_sequences",
			"temperature", "top_p", "metadata", "thinking", "output_config", "output_format", "cache_control");

	private final boolean toolsLeftOut;

	/**
	 * Creates a decoder.
	 * @param toolsLeftOut whether tools that only endpoints of this API have are left out
	 * elsewhere
	 */
	MessagesDecoder(boolean toolsLeftOut) {
		this.toolsLeftOut = toolsLeftOut;
	}

	/**
	 * Reads a request.
	 * @param body the body
	 * @param headers its headers
	 * @param limited whether it has to limit the tokens of the answer
	 */
	DecodedMessages decode(RequestField body, HttpHeaders headers, boolean limited) {
		refuseThread(body.get("thread"));
		TextBudget texts = new TextBudget();
		String model = body.get("model").text();
		texts.take(model);
		Needs needs = new Needs();
		ChatRequestBuilder chat = ChatRequest.builder();
		if (limited || !body.get("max_tokens").absent()) {
			int most = (int) body.get("max_tokens").integer(0, Integer.MAX_VALUE);
			chat.maxTokens(most);
			if (most == 0) {
				needs.required(body.get("max_tokens"), "an answer of no tokens");
			}
		}
		new Conversations(chat, needs, texts).read(body.get("system"), body.get("messages"));
		Tools.read(body, chat, needs, this.toolsLeftOut);
		List<String> stop = sampling(body, chat);
		responseFormat(body, chat);
		OtherProviders.add(body, chat, needs);
		passOn(body, chat, needs, texts);
		passOn(headers, chat, needs);
		ChatRequest request = chat.build();
		texts.take(request);
		return new DecodedMessages(model, request, needs, body.get("stream").flag(false), stop,
				OtherProviders.enabled(body));
	}

	/**
	 * A conversation that one provider holds could not go on at another one. With these
	 * words, Anthropic's SDK sends whole conversations from then on.
	 */
	private static void refuseThread(RequestField thread) {
		if (!thread.absent()) {
			throw new RejectedRequestException(GatewayError.invalid(AnthropicError.NO_THREADS, "thread",
					"thread: Message threads are not available. Send the whole conversation."));
		}
	}

	private static List<String> sampling(RequestField body, ChatRequestBuilder chat) {
		if (!body.get("temperature").absent()) {
			chat.temperature(body.get("temperature").number());
		}
		if (!body.get("top_p").absent()) {
			chat.topP(body.get("top_p").number());
		}
		List<String> stop = body.get("stop_sequences")
			.elements(STOP_SEQUENCES)
			.stream()
			.map(RequestField::text)
			.toList();
		chat.stop(stop.toArray(String[]::new));
		RequestField user = body.get("metadata").get("user_id");
		if (!user.absent()) {
			// Clients put their session into it.
			chat.conversation(user.text());
		}
		return stop;
	}

	/** The second name is that of the time when the API tried this out. */
	private static void responseFormat(RequestField body, ChatRequestBuilder chat) {
		RequestField current = body.get("output_config").get("format");
		RequestField format = current.absent() ? body.get("output_format") : current;
		if (!format.absent()) {
			RequestField type = format.get("type");
			if (!type.text().equals("json_schema")) {
				throw type.invalid("'json_schema'");
			}
			chat.responseFormat(ResponseFormat.jsonSchema("answer", GatewayJson.text(format.get("schema").object())));
		}
	}

	private static void passOn(RequestField body, ChatRequestBuilder chat, Needs needs, TextBudget texts) {
		for (Map.Entry<String, JsonNode> member : body.object().properties()) {
			String name = member.getKey();
			if (name.startsWith(HEADERS) || name.equals(Conversations.ORIGINALS)) {
				throw body.get(name).unsupported("it is no member of a request");
			}
			if (!NOT_PASSED_ON.contains(name) && !member.getValue().isNull()) {
				if (!TRANSLATED.contains(name)) {
					texts.take(member.getValue());
					needs.leftOut(name, name.equals("top_k") ? Set.of(ApiKind.GEMINI) : Set.of());
				}
				chat.extra(BlockState.ANTHROPIC, name, member.getValue());
			}
		}
		if (!body.get("mcp_servers").absent()) {
			needs.required(body.get("mcp_servers"), "MCP servers");
		}
	}

	private static void passOn(HttpHeaders headers, ChatRequestBuilder chat, Needs needs) {
		headers.forEach((name, values) -> {
			String lower = name.toLowerCase(Locale.ROOT);
			if (lower.startsWith(HEADERS)) {
				chat.extra(BlockState.ANTHROPIC, lower, String.join(",", values));
				if (!OF_TRANSPORT.contains(lower)) {
					needs.leftOut(lower);
				}
			}
		});
	}

}
