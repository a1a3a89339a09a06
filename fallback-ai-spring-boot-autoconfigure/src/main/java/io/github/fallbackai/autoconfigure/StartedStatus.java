package io.github.fallbackai.autoconfigure;

import java.util.function.Supplier;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.status.FallbackStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The present state, unknown until all beans are there. Asking for the template earlier
 * would wait for whoever creates it, who may be waiting for what the state store had.
 */
final class StartedStatus implements Supplier<@Nullable FallbackStatus>, SmartInitializingSingleton {

	private final ObjectProvider<AiFallbackOperations> operations;

	private volatile @Nullable AiFallbackOperations started;

	StartedStatus(ObjectProvider<AiFallbackOperations> operations) {
		this.operations = operations;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.started = this.operations.getIfUnique();
	}

	@Override
	public @Nullable FallbackStatus get() {
		AiFallbackOperations available = this.started;
		return (available != null) ? available.status() : null;
	}

}
