package io.github.fallbackai.client.http.provider.openai;

import io.github.fallbackai.endpoint.Endpoint;

/**
 * Which servers take {@code cache_control} in the parts of messages. OpenAI and others do
 * not, and some refuse it.
 */
final class CacheMarks {

	private CacheMarks() {
	}

	/**
	 * Whether the endpoint's server documents them: OpenRouter in "prompt caching",
	 * DashScope in "context cache".
	 */
	static boolean knownTo(Endpoint endpoint) {
		String host = endpoint.url().getHost();
		return host != null
				&& (host.equals("openrouter.ai") || host.endsWith(".openrouter.ai") || host.endsWith(".aliyuncs.com"));
	}

}
