// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The chains that calls may go to. Chains may share candidates, and with them what is
 * known about an endpoint. Immutable.
 */
public final class CandidateChains {

	private final Map<String, CandidateChain> chains = new LinkedHashMap<>();

	private final CandidateChain defaultChain;

	/**
	 * Creates a set of chains.
	 * @param chains the chains, each with a name of its own
	 * @param defaultChain name of the chain for calls that name none
	 * @throws IllegalArgumentException if two chains have the same name, or if no chain
	 * has the name of the default one
	 */
	public CandidateChains(List<CandidateChain> chains, String defaultChain) {
		for (CandidateChain chain : chains) {
			if (this.chains.put(chain.name(), chain) != null) {
				throw new IllegalArgumentException("chain: " + chain.name() + " twice (expected: names that differ)");
			}
		}
		this.defaultChain = require(defaultChain);
	}

	/** A single chain, for all calls. */
	public static CandidateChains of(CandidateChain chain) {
		return new CandidateChains(List.of(chain), chain.name());
	}

	/**
	 * Finds a chain.
	 * @param name the chain's name, {@code null} for the default chain
	 * @throws IllegalArgumentException if there is no such chain
	 */
	public CandidateChain get(@Nullable String name) {
		return (name != null) ? require(name) : this.defaultChain;
	}

	public Collection<CandidateChain> all() {
		return this.chains.values();
	}

	private CandidateChain require(String name) {
		CandidateChain chain = this.chains.get(name);
		if (chain == null) {
			throw new IllegalArgumentException("chain: " + name + " (expected: one of " + this.chains.keySet() + ")");
		}
		return chain;
	}

}
