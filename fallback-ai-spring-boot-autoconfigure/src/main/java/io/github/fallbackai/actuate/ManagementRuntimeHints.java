// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Lets the answers of the management endpoint be written as JSON in a native image.
 * Spring Boot sees only what an operation declares to return, which is not all that it
 * returns.
 */
class ManagementRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), StatusView.class,
				StatusView.Endpoint.class, StatusView.Controlled.class, FallbackAiEndpoint.Events.class,
				EventJournal.Entry.class, FallbackAiDashboard.Access.class);
		hints.resources().registerPattern(DashboardFile.FOLDER + "*");
	}

}
