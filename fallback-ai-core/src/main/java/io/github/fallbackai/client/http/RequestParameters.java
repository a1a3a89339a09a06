// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.endpoint.Parameters;

/**
 * Applies an endpoint's {@link Parameters}, and the {@linkplain Correction corrections}
 * that it needs, to the body that a dialect wrote. Stateless.
 */
final class RequestParameters {

	private final Dialect dialect;

	/**
	 * Applies parameters to the requests of a dialect.
	 * @param dialect the dialect, which knows where each parameter is
	 */
	RequestParameters(Dialect dialect) {
		this.dialect = dialect;
	}

	/**
	 * Applies parameters.
	 * @param request a request with a JSON object as its body
	 * @param parameters what to add, force and remove
	 * @param corrections further changes
	 * @return the request to send
	 */
	WireRequest apply(WireRequest request, Parameters parameters, List<Correction> corrections) {
		ObjectNode body = (parameters.isEmpty() && corrections.isEmpty()) ? null
				: ProviderJson.readRequest(request.body());
		if (body == null) {
			return request;
		}
		merge(body, parameters.defaults(), false);
		merge(body, parameters.set(), true);
		corrections.forEach((correction) -> correction.apply(body, corrections));
		parameters.drop().forEach((name) -> BodyPath.remove(body, this.dialect.parameter(name)));
		return request.withBody(ProviderJson.write(body));
	}

	private void merge(ObjectNode body, Map<String, Object> values, boolean force) {
		values.forEach((name, value) -> {
			String path = this.dialect.parameter(name);
			int dot = path.indexOf('.');
			if (path.equals(name)) {
				merge(body, name, ProviderJson.MAPPER.valueToTree(value), force);
			}
			else if (dot > 0) {
				merge(body.withObject('/' + path.substring(0, dot)), path.substring(dot + 1),
						ProviderJson.MAPPER.valueToTree(value), force);
			}
			else if (!path.isEmpty()) {
				merge(body, path, ProviderJson.MAPPER.valueToTree(value), force);
			}
		});
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
