// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.json;

import java.util.Locale;
import java.util.Set;

import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.ProviderApi;

/**
 * The kinds of provider that understand the request of a gateway's client unchanged.
 */
public final class OpenAiFamily {

	/** Names of providers as endpoints and extra parameters have them. */
	private static final Set<String> PROVIDERS = Set.of("openai", "azure-openai");

	private static final String RESPONSES = ProviderApi.RESPONSES.name().toLowerCase(Locale.ROOT);

	private OpenAiFamily() {
	}

	/**
	 * Whether an endpoint understands the client's request unchanged. One that is asked
	 * by another API does not.
	 */
	public static boolean understands(Endpoint endpoint) {
		return PROVIDERS.contains(endpoint.provider()) && !RESPONSES.equals(endpoint.options().get(ProviderApi.OPTION));
	}

	/** Passes a parameter on to every endpoint of the family. */
	public static void add(ChatRequestBuilder chat, String name, Object value) {
		PROVIDERS.forEach((provider) -> chat.extra(provider, name, value));
	}

}
