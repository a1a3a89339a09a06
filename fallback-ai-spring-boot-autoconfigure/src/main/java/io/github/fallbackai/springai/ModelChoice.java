// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequestBuilder;
import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a request means by its model: a chain, {@value #AUTO} for the default one, or an
 * endpoint, a model group or a model of a chain. If one name means several of these, the
 * first one counts. Safe for use by several threads.
 */
final class ModelChoice {

	static final String AUTO = "auto";

	private static final List<Function<Endpoint, String>> TARGETS = List.of(Endpoint::name, Endpoint::modelGroup,
			Endpoint::model);

	/** Not named after a model by nature. */
	private static final List<Function<Endpoint, String>> NAMES = List.of(Endpoint::name);

	private static final Logger logger = LoggerFactory.getLogger(ModelChoice.class);

	private static final int MOST_TOLD = 100;

	private static final int LONGEST_TOLD = 100;

	private final List<Chain> chains;

	/** Unknown names of the options of providers. */
	private final Set<String> told = ConcurrentHashMap.newKeySet();

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
	 * @param origin where the model comes from
	 * @throws IllegalArgumentException if the application chose an unknown model
	 */
	void apply(@Nullable String model, ChatRequestBuilder request, ChatOptions options, ModelOrigin origin) {
		if (model == null || model.isBlank() || model.equals(AUTO)) {
			return;
		}
		if (this.chains.stream().anyMatch((chain) -> chain.name().equals(model))) {
			request.options(options.withChain(model));
			return;
		}
		for (Function<Endpoint, String> target : (origin == ModelOrigin.DEFAULT_OF_PROVIDER) ? NAMES : TARGETS) {
			for (Chain chain : this.chains) {
				if (chain.endpoints().stream().map(target).anyMatch(model::equals)) {
					request.options(options.withChain(chain.name()));
					request.target(model);
					return;
				}
			}
		}
		if (origin == ModelOrigin.OPTIONS_OF_PROVIDER) {
			tell(model);
		}
		if (origin != ModelOrigin.APPLICATION) {
			return;
		}
		throw new IllegalArgumentException("model of the chat options: no such chain, endpoint, model group or model"
				+ " (expected: none for the default chain, or one of " + names() + ")");
	}

	/** The options of Spring AI 2's OpenAI model have a name of their own. */
	private void tell(String model) {
		String name = model.substring(0, Math.min(model.length(), LONGEST_TOLD)).replaceAll("[^\\w.:/@-]", "?");
		if (this.told.size() < MOST_TOLD && this.told.add(name)) {
			logger.warn("Model '{}' of the options of a provider is no chain, endpoint, model group or model here:"
					+ " such requests go to the default chain. Options without a model, or ChatOptions, avoid that",
					name);
		}
	}

	private Set<String> names() {
		Set<String> names = new LinkedHashSet<>();
		this.chains.forEach((chain) -> names.add(chain.name()));
		TARGETS.forEach(
				(target) -> this.chains.forEach((chain) -> chain.endpoints().stream().map(target).forEach(names::add)));
		return names;
	}

}
