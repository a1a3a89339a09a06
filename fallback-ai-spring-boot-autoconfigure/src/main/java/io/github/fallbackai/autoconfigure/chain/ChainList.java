// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.endpoint.Chain;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.Environment;

/**
 * The chains below {@code fallback.ai.chains}, or the default chain if there are none.
 *
 * @param chains the chains
 * @param defaultChain name of the chain for calls that name none
 */
public record ChainList(List<LayeredChainProperties> chains, String defaultChain) {

	private static final String DEFAULT_CHAIN = FallbackAiProperties.PREFIX + ".default-chain";

	/**
	 * Reads the chains.
	 * @param environment the application's environment
	 * @param properties the properties as they are bound
	 * @return the chains
	 * @throws InvalidFallbackConfigurationException if it is not clear which one is the
	 * default
	 */
	public static ChainList read(Environment environment, FallbackAiProperties properties) {
		List<LayeredChainProperties> chains = new ArrayList<>();
		properties.getChains()
			.forEach((name, chain) -> chains.add(LayeredChainProperties.of(environment, name, chain.getEndpoints())));
		Set<String> names = chains.isEmpty() ? Set.of(Chain.DEFAULT) : properties.getChains().keySet();
		String defaultChain = defaultChain(names, properties.getDefaultChain());
		return new ChainList(
				chains.isEmpty() ? List.of(LayeredChainProperties.ofAll(environment, Chain.DEFAULT)) : chains,
				defaultChain);
	}

	private static String defaultChain(Set<String> names, @Nullable String wanted) {
		if (wanted != null && names.contains(wanted)) {
			return wanted;
		}
		if (wanted == null && names.size() == 1) {
			return names.iterator().next();
		}
		if (wanted == null && names.contains(Chain.DEFAULT)) {
			return Chain.DEFAULT;
		}
		throw new InvalidFallbackConfigurationException(DEFAULT_CHAIN,
				((wanted != null) ? "matches no chain" : "missing") + " (chains: " + String.join(", ", names) + ")",
				"Set it to the chain that calls go to unless they name another.");
	}

}
