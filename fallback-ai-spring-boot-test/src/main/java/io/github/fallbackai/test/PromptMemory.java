// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.github.fallbackai.test.wire.CachedTokens;
import io.github.fallbackai.test.wire.PromptBlock;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The prompt cache of a simulated provider: the beginnings of earlier prompts, whatever
 * their length. Thread-safe.
 */
final class PromptMemory {

	private static final int MOST = 10_000;

	private final Set<UUID> beginnings = Collections.newSetFromMap(new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
			return size() > MOST;
		}

	});

	/**
	 * Looks for the longest beginning that is known, and keeps the prompt.
	 * @param blocks the prompt
	 * @return what was found and kept
	 */
	synchronized CachedTokens read(List<PromptBlock> blocks) {
		int tokens = 0;
		int read = 0;
		int end = 0;
		UUID beginning = new UUID(0, 0);
		for (PromptBlock block : blocks) {
			tokens += block.tokens();
			beginning = UUID.nameUUIDFromBytes((beginning + block.text()).getBytes(UTF_8));
			if (this.beginnings.contains(beginning)) {
				read = tokens;
			}
			if (block.end()) {
				this.beginnings.add(beginning);
				end = tokens;
			}
		}
		return new CachedTokens(tokens, read, Math.max(0, end - read));
	}

}
