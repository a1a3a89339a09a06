// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.budget.EndpointBudgets;
import io.github.fallbackai.state.BreakerStateStore;
import io.github.fallbackai.state.redis.RedisStateStore;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Has no instance ask the state store any more before the connections to it are closed,
 * which would look like an outage. Web servers have taken their last request by then. A
 * context that is only stopped, and may be started again, is left alone.
 */
final class StateStoreShutdown implements SmartLifecycle {

	/** Connection factories have phase 0; of two phases the higher is stopped first. */
	private static final int BEFORE_CONNECTIONS = 1000;

	private final ConfigurableApplicationContext context;

	private volatile boolean running;

	StateStoreShutdown(ConfigurableApplicationContext context) {
		this.context = context;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		if (this.context.isClosed()) {
			// What was spent last is told through the gates.
			present(EndpointBudgets.class).forEach(EndpointBudgets::close);
			present(EndpointGates.class).forEach(EndpointGates::close);
			present(BreakerStateStore.class).stream()
				.filter(RedisStateStore.class::isInstance)
				.forEach((store) -> ((RedisStateStore) store).unsubscribe());
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return BEFORE_CONNECTIONS;
	}

	/** Beans that are lazy stay so. */
	private <T> List<T> present(Class<T> type) {
		ConfigurableListableBeanFactory beans = this.context.getBeanFactory();
		List<T> present = new ArrayList<>();
		for (String name : beans.getBeanNamesForType(type, true, false)) {
			if (beans.containsSingleton(name)) {
				present.add(beans.getBean(name, type));
			}
		}
		return present;
	}

}
