// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Keeps the scripts in a native image.
 */
class ScriptRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		String folder = ScriptRuntimeHints.class.getPackageName().replace('.', '/');
		hints.resources().registerPattern(folder + "/*.lua");
	}

}
