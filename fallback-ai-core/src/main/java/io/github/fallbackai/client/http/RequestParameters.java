package io.github.fallbackai.client.http;

import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.endpoint.Parameters;

/**
 * Applies an endpoint's {@link Parameters}, and what it refused before, to the body that
 * a dialect wrote. Stateless.
 */
final class RequestParameters {

	/**
	 * The two names of one limit: OpenAI's newer models refuse the old one, other servers
	 * the new one, and neither is a reason to lose the limit.
	 */
	private static final Map<String, String> OTHER_NAME = Map.of("max_tokens", "max_completion_tokens",
			"max_completion_tokens", "max_tokens");

	private RequestParameters() {
	}

	/**
	 * Applies parameters.
	 * @param request a request with a JSON object as its body
	 * @param parameters what to add, force and remove
	 * @param refused what to leave out beyond that
	 * @return the request to send
	 */
	static WireRequest apply(WireRequest request, Parameters parameters, Set<String> refused) {
		if ((parameters.isEmpty() && refused.isEmpty())
				|| !(ProviderJson.read(request.body()) instanceof ObjectNode body)) {
			return request;
		}
		merge(body, parameters.defaults(), false);
		merge(body, parameters.set(), true);
		refused.forEach((name) -> leaveOut(body, name, refused));
		body.remove(parameters.drop());
		return request.withBody(ProviderJson.write(body));
	}

	/** Whether the body of a request has a parameter. */
	static boolean has(WireRequest request, String name) {
		JsonNode body = ProviderJson.read(request.body());
		return body != null && body.has(name);
	}

	private static void leaveOut(ObjectNode body, String name, Set<String> refused) {
		JsonNode value = body.remove(name);
		String otherName = OTHER_NAME.get(name);
		if (value != null && otherName != null && !refused.contains(otherName) && !body.has(otherName)) {
			body.set(otherName, value);
		}
	}

	private static void merge(ObjectNode body, Map<String, Object> values, boolean force) {
		values.forEach((name, value) -> merge(body, name, ProviderJson.MAPPER.valueToTree(value), force));
	}

	private static void merge(ObjectNode target, String name, JsonNode value, boolean force) {
		if (target.get(name) instanceof ObjectNode members && value instanceof ObjectNode additions) {
			additions.properties().forEach((entry) -> merge(members, entry.getKey(), entry.getValue(), force));
		}
		else if (force || !target.has(name)) {
			target.set(name, value);
		}
	}

}
