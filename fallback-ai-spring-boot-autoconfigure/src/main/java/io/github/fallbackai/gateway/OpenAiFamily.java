package io.github.fallbackai.gateway;

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.ChatRequestBuilder;

/**
 * The kinds of provider that understand the request of a gateway's client unchanged.
 */
final class OpenAiFamily {

	/** Names of providers as endpoints and extra parameters have them. */
	static final Set<String> PROVIDERS = Set.of("openai", "azure-openai");

	private OpenAiFamily() {
	}

	/** Passes a parameter on to every endpoint of the family. */
	static void add(ChatRequestBuilder chat, String name, JsonNode value) {
		PROVIDERS.forEach((provider) -> chat.extra(provider, name, value));
	}

}
