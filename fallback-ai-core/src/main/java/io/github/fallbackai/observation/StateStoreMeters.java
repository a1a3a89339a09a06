// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.github.fallbackai.cluster.StateStoreActivity;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Meters of the exchange between this instance and its state store: commands, outages,
 * conflicts, messages that were lost, and how long a change takes to arrive.
 */
public final class StateStoreMeters implements MeterBinder {

	private static final String PREFIX = "fallback.ai.state.store.";

	private static final String COMMANDS = "commands";

	private static final String OUTCOME = "outcome";

	private final StateStoreActivity activity;

	/**
	 * Creates the binder.
	 * @param activity what to show
	 */
	public StateStoreMeters(StateStoreActivity activity) {
		this.activity = activity;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		command("done", StateStoreActivity::commandsDone).register(registry);
		command("failed", StateStoreActivity::commandsFailed).register(registry);
		command("withheld", StateStoreActivity::commandsWithheld).register(registry);
		counter("outages", "How many times the state store went out", StateStoreActivity::outages).register(registry);
		counter("conflicts", "News that met other news in the state store", StateStoreActivity::conflicts)
			.register(registry);
		counter("dropped", "Changes whose message was lost and that a comparison found",
				StateStoreActivity::changesMissed)
			.register(registry);
		FunctionTimer
			.builder(PREFIX + "lag", this.activity, StateStoreActivity::changesHeard,
					(activity) -> activity.timeToHear().toNanos(), TimeUnit.NANOSECONDS)
			.description("Time of a change from here through the state store and back")
			.register(registry);
		TimeGauge
			.builder(PREFIX + "sync.age", this.activity, TimeUnit.MILLISECONDS, StateStoreMeters::millisSinceComparison)
			.description("Time since this instance last compared all it knows with the state store")
			.register(registry);
	}

	private static double millisSinceComparison(StateStoreActivity activity) {
		Duration age = activity.sinceComparison();
		return (age != null) ? age.toMillis() : Double.NaN;
	}

	private FunctionCounter.Builder<StateStoreActivity> command(String outcome,
			ToDoubleFunction<StateStoreActivity> value) {
		return counter(COMMANDS, "Commands to the state store", value).tag(OUTCOME, outcome);
	}

	private FunctionCounter.Builder<StateStoreActivity> counter(String name, String description,
			ToDoubleFunction<StateStoreActivity> value) {
		return FunctionCounter.builder(PREFIX + name, this.activity, value).description(description);
	}

}
