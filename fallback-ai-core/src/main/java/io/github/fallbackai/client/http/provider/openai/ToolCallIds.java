package io.github.fallbackai.client.http.provider.openai;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.github.fallbackai.endpoint.Endpoint;

/**
 * Ids of tool calls as the server accepts them. After a switch a conversation has ids
 * that another provider gave, and not everybody takes everybody's. An id that has to be
 * replaced is always replaced by the same one, so that call and result still match.
 */
final class ToolCallIds {

	/** OpenAI refuses a longer one; vLLM, for example, gives longer ones. */
	private static final int MAX_LENGTH = 40;

	/** Mistral's API accepts exactly this. */
	private static final Pattern MISTRAL = Pattern.compile("[A-Za-z0-9]{9}");

	private static final int MISTRAL_LENGTH = 9;

	private static final int ALPHANUMERIC_LOWER_CASE = 36;

	private ToolCallIds() {
	}

	/** What makes ids acceptable to the endpoint's server. */
	static UnaryOperator<String> of(Endpoint endpoint) {
		String host = endpoint.url().getHost();
		boolean mistral = host != null && host.endsWith(".mistral.ai");
		return mistral ? ToolCallIds::forMistral : ToolCallIds::bounded;
	}

	private static String forMistral(String id) {
		return MISTRAL.matcher(id).matches() ? id : hash(id).substring(0, MISTRAL_LENGTH);
	}

	private static String bounded(String id) {
		return (id.length() > MAX_LENGTH) ? "call_" + hash(id) : id;
	}

	private static String hash(String id) {
		String hex = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
		return new BigInteger(1 + hex, 16).toString(ALPHANUMERIC_LOWER_CASE);
	}

}
