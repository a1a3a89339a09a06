// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.github.fallbackai.chat.AssistantMessage;
import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ImagePart;
import io.github.fallbackai.chat.ResponseFormat;
import io.github.fallbackai.chat.ToolResultMessage;
import io.github.fallbackai.chat.UserMessage;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Need;

/**
 * Needs of a request that not every model can meet.
 */
final class Needs {

	private Needs() {
	}

	/**
	 * Whether a request has a need that can be recognised from the request itself, and
	 * that is either there or not.
	 */
	static boolean has(ChatRequest request, Endpoint endpoint, Need need) {
		return switch (need) {
			case TOOLS -> tools(request);
			case IMAGES -> images(request);
			case AUDIO -> request.extras(endpoint.provider()).toString().contains("audio");
			case JSON_OBJECT -> request.responseFormat().type() == ResponseFormat.Type.JSON_OBJECT;
			case JSON_SCHEMA -> schema(request);
			default -> false;
		};
	}

	static boolean tools(ChatRequest request) {
		return !request.tools().isEmpty() || any(request.messages(), Needs::aboutTools);
	}

	static boolean images(ChatRequest request) {
		return any(request.messages(), Needs::showsImages);
	}

	static boolean schema(ChatRequest request) {
		return request.responseFormat().type() == ResponseFormat.Type.JSON_SCHEMA
				&& !request.options().schemaInPrompt();
	}

	/** Names of the parameters that the request sets. */
	static Set<String> parameters(ChatRequest request, Endpoint endpoint) {
		Set<String> names = new HashSet<>(request.extras(endpoint.provider()).keySet());
		if (request.temperature() != null) {
			names.add("temperature");
		}
		if (request.topP() != null) {
			names.add("top_p");
		}
		if (request.seed() != null) {
			names.add("seed");
		}
		if (!request.stop().isEmpty()) {
			names.add("stop");
		}
		if (request.maxTokens() != null) {
			names.add("max_tokens");
		}
		if (request.promptCacheKey() != null) {
			names.add("prompt_cache_key");
		}
		return names;
	}

	private static boolean aboutTools(ChatMessage message) {
		return message instanceof ToolResultMessage
				|| (message instanceof AssistantMessage assistant && !assistant.toolCalls().isEmpty());
	}

	private static boolean showsImages(ChatMessage message) {
		return message instanceof UserMessage user && any(user.parts(), ImagePart.class::isInstance);
	}

	/** Every call asks this, so no stream is made for it. */
	private static <T> boolean any(List<? extends T> list, Predicate<T> test) {
		for (T element : list) {
			if (test.test(element)) {
				return true;
			}
		}
		return false;
	}

}
