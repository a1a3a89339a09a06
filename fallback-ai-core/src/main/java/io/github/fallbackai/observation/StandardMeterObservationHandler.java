// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Makes the meters of calls, attempts and exchanges that Micrometer's
 * {@link DefaultMeterObservationHandler} makes, with the same names and tags, but looks
 * each up only once. Takes its place for these three kinds of observation, so it comes
 * before it. Safe for use by several threads.
 */
public final class StandardMeterObservationHandler implements MeterObservationHandler<Observation.Context> {

	private final MeterRegistry registry;

	private final boolean measures;

	private final boolean active;

	private final MeterObservationHandler<Observation.Context> events;

	/** By what tells one from another, which comes from bounded sets. */
	private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

	private final Map<Series, LongTaskTimer> activeTimers = new ConcurrentHashMap<>();

	/**
	 * Creates the handler.
	 * @param registry where the meters are
	 * @param measures whether it measures at all. If not, it leaves all observations to
	 * the handlers behind it
	 * @param active whether there are meters of what is under way too, the
	 * {@link LongTaskTimer}s
	 */
	public StandardMeterObservationHandler(MeterRegistry registry, boolean measures, boolean active) {
		this.registry = registry;
		this.measures = measures;
		this.active = active;
		this.events = new DefaultMeterObservationHandler(registry);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return this.measures && (context instanceof CallObservationContext
				|| context instanceof AttemptObservationContext || context instanceof ExchangeObservationContext);
	}

	@Override
	public void onStart(Observation.Context context) {
		LongTaskTimer.Sample sample = this.active ? activeTimer(context).start() : null;
		context.put(Started.class, new Started(this.registry.config().clock().monotonicTime(), sample));
	}

	@Override
	public void onEvent(Observation.Event event, Observation.Context context) {
		this.events.onEvent(event, context);
	}

	@Override
	public void onStop(Observation.Context context) {
		Started started = context.getRequired(Started.class);
		long nanos = this.registry.config().clock().monotonicTime() - started.nanos();
		timer(context).record(nanos, TimeUnit.NANOSECONDS);
		if (started.sample() != null) {
			started.sample().stop();
		}
	}

	private LongTaskTimer activeTimer(Observation.Context context) {
		Series series = Series.of(context, null);
		LongTaskTimer known = this.activeTimers.get(series);
		return (known != null) ? known
				: this.activeTimers.computeIfAbsent(series,
						(absent) -> LongTaskTimer.builder(absent.name() + ".active")
							.tags(absent.tags())
							.register(this.registry));
	}

	private Timer timer(Observation.Context context) {
		Throwable error = context.getError();
		Series series = Series.of(context, (error != null) ? error.getClass().getSimpleName() : "none");
		Timer known = this.timers.get(series);
		return (known != null) ? known : this.timers.computeIfAbsent(series,
				(absent) -> Timer.builder(absent.name()).tags(absent.tags()).register(this.registry));
	}

	private record Started(long nanos, LongTaskTimer.@Nullable Sample sample) {
	}

	private record Series(@Nullable String name, KeyValues values, @Nullable String error) {

		static Series of(Observation.Context context, @Nullable String error) {
			return new Series(context.getName(), context.getLowCardinalityKeyValues(), error);
		}

		Tags tags() {
			Tags tags = Tags.empty();
			for (KeyValue value : this.values) {
				tags = tags.and(Tag.of(value.getKey(), value.getValue()));
			}
			return (this.error != null) ? tags.and("error", this.error) : tags;
		}

	}

}
