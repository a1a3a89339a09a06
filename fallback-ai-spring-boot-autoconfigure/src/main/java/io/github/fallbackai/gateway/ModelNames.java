// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.gateway.face.ApiKind;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;

/**
 * The names that clients may use as a model: a chain, {@value #AUTO} for the default one,
 * or an endpoint, a model group or a model of a chain. If one name means several of
 * these, the first one counts. Immutable.
 */
final class ModelNames {

	static final String AUTO = "auto";

	private static final List<Function<Endpoint, String>> TARGETS = List.of(Endpoint::name, Endpoint::modelGroup,
			Endpoint::model);

	private final List<Chain> chains;

	private final Map<String, ApiKind> apis = new HashMap<>();

	/**
	 * Creates the names.
	 * @param chains all chains, the default one first
	 */
	ModelNames(List<Chain> chains) {
		this.chains = List.copyOf(chains);
		this.chains.forEach((chain) -> chain.endpoints()
			.forEach((endpoint) -> this.apis.put(endpoint.name(), ApiKind.of(endpoint))));
	}

	/** The API by which an endpoint is asked. */
	ApiKind api(String endpoint) {
		return this.apis.getOrDefault(endpoint, ApiKind.OTHER);
	}

	/**
	 * Finds out what a client means.
	 * @param name the model as the client names it
	 * @param client the client
	 * @return where the request goes
	 * @throws RejectedRequestException if the client may use nothing of that name
	 */
	Destination find(String name, GatewayClient client) {
		List<Chain> allowed = allowed(client);
		for (Chain chain : allowed) {
			if (chain.name().equals(name)) {
				return new Destination(chain, null);
			}
		}
		if (name.equals(AUTO) && !allowed.isEmpty()) {
			return new Destination(allowed.get(0), null);
		}
		for (Function<Endpoint, String> target : TARGETS) {
			for (Chain chain : allowed) {
				if (chain.endpoints().stream().map(target).anyMatch(name::equals)) {
					return new Destination(chain, name);
				}
			}
		}
		throw new RejectedRequestException(new GatewayError(404, GatewayError.INVALID_REQUEST, "model_not_found",
				"model", "The model does not exist, or this client may not use it.", null));
	}

	/** Everything that a client may name. */
	Set<String> all(GatewayClient client) {
		Set<String> names = new LinkedHashSet<>();
		names.add(AUTO);
		List<Chain> allowed = allowed(client);
		allowed.forEach((chain) -> names.add(chain.name()));
		for (Function<Endpoint, String> target : TARGETS) {
			allowed.forEach((chain) -> chain.endpoints().stream().map(target).forEach(names::add));
		}
		return names;
	}

	private List<Chain> allowed(GatewayClient client) {
		List<Chain> allowed = new ArrayList<>(this.chains);
		allowed.removeIf((chain) -> !client.mayUse(chain.name()));
		return allowed;
	}

}
