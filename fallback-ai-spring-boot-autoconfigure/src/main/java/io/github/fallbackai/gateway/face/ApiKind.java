// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.face;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.ProviderApi;

/**
 * The API by which an endpoint is asked.
 */
public enum ApiKind {

	/** OpenAI's chat completions. */
	CHAT,

	/** OpenAI's responses. */
	RESPONSES,

	/** Anthropic's messages. */
	ANTHROPIC,

	/** Gemini's contents. */
	GEMINI,

	/** All others, which get what the library itself can express. */
	OTHER;

	/**
	 * The API of an endpoint. One that decides by itself counts as chat completions.
	 */
	public static ApiKind of(Endpoint endpoint) {
		String provider = endpoint.provider();
		if (ProviderApi.PROVIDERS.contains(provider)) {
			Object api = endpoint.options().get(ProviderApi.OPTION);
			return ProviderApi.RESPONSES.name().equalsIgnoreCase(String.valueOf(api)) ? RESPONSES : CHAT;
		}
		return switch (provider) {
			case "anthropic" -> ANTHROPIC;
			case "gemini" -> GEMINI;
			default -> OTHER;
		};
	}

}
