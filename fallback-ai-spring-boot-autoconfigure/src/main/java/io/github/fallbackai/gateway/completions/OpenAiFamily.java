package io.github.fallbackai.gateway.completions;

import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.ProviderApi;

/**
 * The kinds of provider that understand the request of a gateway's client unchanged.
 */
final class OpenAiFamily {

	/** Names of providers as endpoints and extra parameters have them. */
	private static final Set<String> PROVIDERS = Set.of("openai", "azure-openai");

	private static final String RESPONSES = ProviderApi.RESPONSES.name().toLowerCase(Locale.ROOT);

	private OpenAiFamily() {
	}

	/**
	 * Whether an endpoint understands the client's request unchanged. One that is asked
	 * by another API does not.
	 */
	static boolean understands(Endpoint endpoint) {
		return PROVIDERS.contains(endpoint.provider()) && !RESPONSES.equals(endpoint.options().get(ProviderApi.OPTION));
	}

	/** Passes a parameter on to every endpoint of the family. */
	static void add(ChatRequestBuilder chat, String name, JsonNode value) {
		PROVIDERS.forEach((provider) -> chat.extra(provider, name, value));
	}

}
