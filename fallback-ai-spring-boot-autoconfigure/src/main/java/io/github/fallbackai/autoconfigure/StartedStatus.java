// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.function.Supplier;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.status.FallbackStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The present state, unknown until the template exists. It does not ask the context for
 * the template. That would create a lazy one, or wait for the thread that creates it, and
 * that thread may wait for the state store.
 */
final class StartedStatus implements Supplier<@Nullable FallbackStatus> {

	private final ConfigurableListableBeanFactory beans;

	/** Name of the template, {@code null} if there are several. */
	private final @Nullable String name;

	StartedStatus(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
		String[] names = beans.getBeanNamesForType(AiFallbackOperations.class, true, false);
		this.name = (names.length == 1) ? names[0] : null;
	}

	@Override
	public @Nullable FallbackStatus get() {
		boolean there = this.name != null && this.beans.containsSingleton(this.name);
		Object bean = there ? this.beans.getSingleton(this.name) : null;
		return (bean instanceof AiFallbackOperations operations) ? operations.status() : null;
	}

}
