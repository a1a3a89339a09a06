// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * What a request means by its model: a chain, {@value #AUTO} for the default one, or an
 * endpoint, a model group or a model of a chain. If one name means several of these, the
 * first one counts. Immutable.
 */
final class ModelChoice {

	static final String AUTO = "auto";

	private static final List<Function<Endpoint, String>> TARGETS = List.of(Endpoint::name, Endpoint::modelGroup,
			Endpoint::model);

	private final List<Chain> chains;

	/**
	 * @param chains all chains, the default one first
	 */
	ModelChoice(List<Chain> chains) {
		this.chains = List.copyOf(chains);
	}

	/**
	 * Sends a request where its model says.
	 * @param model the model
	 * @param request the request
	 * @param options the other options of the request
	 */
	void apply(@Nullable String model, ChatRequestBuilder request, ChatOptions options) {
		if (model == null || model.isBlank() || model.equals(AUTO)) {
			return;
		}
		if (this.chains.stream().anyMatch((chain) -> chain.name().equals(model))) {
			request.options(options.withChain(model));
			return;
		}
		for (Function<Endpoint, String> target : TARGETS) {
			for (Chain chain : this.chains) {
				if (chain.endpoints().stream().map(target).anyMatch(model::equals)) {
					request.options(options.withChain(chain.name()));
					request.target(model);
					return;
				}
			}
		}
		throw new IllegalArgumentException("model of the chat options: no such chain, endpoint, model group or model"
				+ " (expected: none for the default chain, or one of " + names() + ")");
	}

	private Set<String> names() {
		Set<String> names = new LinkedHashSet<>();
		this.chains.forEach((chain) -> names.add(chain.name()));
		TARGETS.forEach(
				(target) -> this.chains.forEach((chain) -> chain.endpoints().stream().map(target).forEach(names::add)));
		return names;
	}

}
