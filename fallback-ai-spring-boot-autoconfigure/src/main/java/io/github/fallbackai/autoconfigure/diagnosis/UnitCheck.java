// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import java.time.Duration;
import java.util.Collection;
import java.util.regex.Pattern;

import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Refuses durations and small sizes without a unit. Spring Boot reads them as
 * milliseconds and bytes, but the author of {@code deadline: 30} or
 * {@code limits.response: 32} rarely means these. Also refuses durations of more than a
 * year.
 */
public final class UnitCheck {

	private static final Duration LONGEST = Duration.ofDays(365);

	/** Periods of spend limits may have any length, because no timer runs for them. */
	private static final String ANY_LENGTH = "period";

	/** Zero is the same in every unit. */
	private static final Pattern NO_UNIT = Pattern.compile("[+-]?0*[1-9][0-9]*");

	private static final DataSize SMALL = DataSize.ofKilobytes(1);

	private final PropertySourcesPlaceholdersResolver placeholders;

	private final Binder binder;

	/**
	 * Creates a check.
	 * @param environment the application's environment
	 */
	public UnitCheck(Environment environment) {
		this.placeholders = new PropertySourcesPlaceholdersResolver(environment);
		this.binder = Binder.get(environment);
	}

	/**
	 * Looks at all durations and sizes below {@code fallback.ai}.
	 * @throws InvalidFallbackConfigurationException if one has no unit or is too long
	 */
	public void refuse() {
		refuse(ConfigurationPropertyName.of(FallbackAiProperties.PREFIX), FallbackAiProperties.class);
	}

	/**
	 * Looks at all durations and sizes below a prefix.
	 * @param prefix the prefix
	 * @param type what is bound there
	 * @throws InvalidFallbackConfigurationException if one has no unit or is too long
	 */
	public void refuse(ConfigurationPropertyName prefix, Class<?> type) {
		Watch watch = new Watch();
		this.binder.bind(prefix, Bindable.of(type), watch);
		if (watch.problem != null) {
			throw watch.problem;
		}
	}

	/**
	 * Reads a duration that is bound as text.
	 * @param property the full name of the property
	 * @param text the text
	 * @return the duration
	 * @throws InvalidFallbackConfigurationException if it has no unit or is too long
	 * @throws IllegalArgumentException if it is no duration
	 */
	public static Duration parse(String property, String text) {
		Duration duration = DurationStyle.detectAndParse(text);
		InvalidFallbackConfigurationException problem = problem(property, text, duration);
		if (problem != null) {
			throw problem;
		}
		return duration;
	}

	private static @Nullable InvalidFallbackConfigurationException problem(String property, String text,
			Duration duration) {
		if (NO_UNIT.matcher(text.strip()).matches()) {
			return new InvalidFallbackConfigurationException(property,
					text.strip() + " has no unit (expected: a duration such as 30s)",
					"Write %1$ss if seconds are meant, or %1$sms if milliseconds are.".formatted(text.strip()));
		}
		if (duration.compareTo(LONGEST) > 0 && !property.endsWith('.' + ANY_LENGTH)) {
			return new InvalidFallbackConfigurationException(property,
					DurationWords.of(duration) + " (expected: <= " + DurationWords.of(LONGEST) + ")",
					"Set it to a duration of a year at most.");
		}
		return null;
	}

	private static @Nullable InvalidFallbackConfigurationException problem(String property, String size) {
		return NO_UNIT.matcher(size.strip()).matches() ? new InvalidFallbackConfigurationException(property,
				size.strip() + " has no unit (expected: a size such as 1MB)",
				"Write %1$sMB or %1$sKB, or %1$sB if bytes are meant.".formatted(size.strip())) : null;
	}

	/**
	 * Sees every duration and size while it is bound, and remembers the first that is
	 * wrong.
	 */
	private final class Watch implements BindHandler {

		private @Nullable InvalidFallbackConfigurationException problem;

		@Override
		public Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Object result) {
			ConfigurationProperty property = context.getConfigurationProperty();
			if (this.problem == null && property != null) {
				Object value = UnitCheck.this.placeholders.resolvePlaceholders(property.getValue());
				look(property.getName().toString(), String.valueOf(value), result);
			}
			return result;
		}

		private void look(String property, String text, Object result) {
			if (result instanceof Duration duration) {
				this.problem = problem(property, text, duration);
			}
			else if (result instanceof DataSize size && size.compareTo(SMALL) < 0) {
				this.problem = problem(property, text);
			}
			else if (result instanceof Collection<?> elements && !elements.isEmpty()
					&& elements.stream().allMatch(Duration.class::isInstance)) {
				// One value with commas. The handler does not see its elements one by
				// one.
				for (String element : StringUtils.commaDelimitedListToStringArray(text)) {
					if (this.problem == null) {
						this.problem = problem(property, element, DurationStyle.detectAndParse(element.strip()));
					}
				}
			}
		}

	}

}
