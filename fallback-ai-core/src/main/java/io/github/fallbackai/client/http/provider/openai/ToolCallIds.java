// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.util.function.UnaryOperator;

import io.github.fallbackai.client.http.provider.PlainId;
import io.github.fallbackai.endpoint.Endpoint;

/**
 * Ids of tool calls that the server accepts. After a switch, a conversation has ids of
 * another provider, and not every provider takes those of others. An id is always
 * replaced by the same one, so that call and result still match.
 */
final class ToolCallIds {

	/** OpenAI refuses longer ids. vLLM, for example, gives longer ones. */
	private static final int MAX_LENGTH = 40;

	private ToolCallIds() {
	}

	/** A function that makes ids acceptable to the endpoint's server. */
	static UnaryOperator<String> of(Endpoint endpoint) {
		return ofMistral(endpoint) ? PlainId::of : ToolCallIds::bounded;
	}

	/** Whether the endpoint has the rules of Mistral's API. */
	static boolean ofMistral(Endpoint endpoint) {
		String host = endpoint.url().getHost();
		return host != null && host.endsWith(".mistral.ai");
	}

	private static String bounded(String id) {
		return PlainId.bounded(id, MAX_LENGTH);
	}

}
