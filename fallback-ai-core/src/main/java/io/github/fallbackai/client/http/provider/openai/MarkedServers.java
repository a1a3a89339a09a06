// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.PromptCache;
import org.jspecify.annotations.Nullable;

/**
 * Which servers get marks for the prompt cache. OpenAI and others do not know them, and
 * some refuse them.
 */
final class MarkedServers {

	private MarkedServers() {
	}

	/**
	 * Whether the endpoint's server gets them: if the endpoint says so, else if the
	 * server documents them, as OpenRouter does in "prompt caching" and DashScope in
	 * "context cache".
	 */
	static boolean include(Endpoint endpoint) {
		return switch (PromptCache.of(endpoint)) {
			case AUTO -> knows(endpoint.url().getHost());
			case REQUEST -> true;
			case NONE -> false;
		};
	}

	private static boolean knows(@Nullable String host) {
		return host != null
				&& (host.equals("openrouter.ai") || host.endsWith(".openrouter.ai") || host.endsWith(".aliyuncs.com"));
	}

}
