// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.fallbackai.observation.StandardMeterObservationHandler;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler.IgnoredMeters;
import io.micrometer.core.instrument.observation.MeterObservationHandler;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Which meters Spring Boot makes of observations in this application.
 *
 * @param beans the application's beans
 * @param environment its properties
 */
record StandardMeters(ListableBeanFactory beans, Environment environment) {

	/** The property of Spring Boot 3.5. */
	private static final String ACTIVE = "management.observations.long-task-timer.enabled";

	/** The property of Spring Boot 4. */
	private static final String IGNORED = "management.metrics.observations.ignored-meters";

	/**
	 * Whether all are made by Micrometer's default handler. An application's own handler,
	 * or one that knows traces, does more than the default one.
	 */
	boolean only() {
		List<Class<?>> handlers = Stream.of(this.beans.getBeanNamesForType(MeterObservationHandler.class, true, false))
			.<Class<?>>map(this.beans::getType)
			.filter((type) -> type != StandardMeterObservationHandler.class)
			.toList();
		return handlers.equals(List.of(DefaultMeterObservationHandler.class));
	}

	/** Whether there are meters of what is under way too. */
	boolean active() {
		return this.environment.getProperty(ACTIVE, Boolean.class, true) && !Binder.get(this.environment)
			.bind(IGNORED, Bindable.setOf(IgnoredMeters.class))
			.orElseGet(Set::of)
			.contains(IgnoredMeters.LONG_TASK_TIMER);
	}

}
