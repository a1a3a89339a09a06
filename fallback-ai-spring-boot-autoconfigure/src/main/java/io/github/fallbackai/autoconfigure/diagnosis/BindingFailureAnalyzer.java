// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.fallbackai.autoconfigure.properties.EndpointProperties;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Explains a property below {@code fallback.ai} that cannot be read. It comes before
 * Spring Boot's own analyzers, because these print the value, and the value may be a key
 * at the wrong place.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class BindingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(FallbackAiProperties.PREFIX);

	private static final Map<Class<?>, String> EXPECTED = Map.of(Duration.class, "a duration such as 30s",
			DataSize.class, "a size such as 1MB", Boolean.class, "true or false", Integer.class, "a whole number",
			String.class, "a single value");

	private static final String ELEMENT = "Write each endpoint as an element of the list: a dash, its name or model, and its"
			+ " other properties below that.";

	private final Environment environment;

	BindingFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		if (!PREFIX.equals(cause.getName()) && !PREFIX.isAncestorOf(cause.getName())) {
			return null;
		}
		UnboundConfigurationPropertiesException unbound = findCause(cause,
				UnboundConfigurationPropertiesException.class);
		if (unbound != null) {
			return unbound(unbound, cause);
		}
		Class<?> type = type(cause);
		KnownProperties parts = KnownProperties.of(type);
		if (parts != null) {
			return analysis(propertyOf(cause), "has a value of its own (expected: properties below it)",
					type.equals(EndpointProperties.class) ? ELEMENT
							: "Set any of these below it instead: " + parts.names() + ".",
					cause);
		}
		if (type.isEnum()) {
			return analysis(propertyOf(cause),
					"cannot be read (expected: one of " + String.join(", ", words(type)) + ")",
					question(type, cause) + "Set it to one of these.", cause);
		}
		String expected = expected(type);
		return analysis(propertyOf(cause), "cannot be read (expected: " + expected + ")", "Set it to " + expected + ".",
				cause);
	}

	private FailureAnalysis unbound(UnboundConfigurationPropertiesException unbound, BindException cause) {
		ConfigurationProperty property = unbound.getUnboundProperties().iterator().next();
		return analysis(property.getName().toString(),
				"belongs to nothing: its name, or an earlier element of its list, is missing",
				"Correct the name of the property, and number the elements of a list from 0 without gaps.", cause);
	}

	private static String propertyOf(BindException cause) {
		return ((cause.getProperty() != null) ? cause.getProperty().getName() : cause.getName()).toString();
	}

	/** The type of the property, or of its elements if it is a list. */
	private static Class<?> type(BindException cause) {
		ResolvableType type = cause.getTarget().getType();
		return Collection.class.isAssignableFrom(type.toClass()) ? type.asCollection().getGeneric(0).toClass()
				: cause.getTarget().getBoxedType().resolve(Object.class);
	}

	private static String expected(Class<?> type) {
		if (Number.class.isAssignableFrom(type) && !EXPECTED.containsKey(type)) {
			return "a number";
		}
		return EXPECTED.getOrDefault(type, "a value for each property below it");
	}

	private static List<String> words(Class<?> type) {
		return Arrays.stream(type.getEnumConstants())
			.map((constant) -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
			.toList();
	}

	/** Names the nearest constant, never the value itself. */
	private static String question(Class<?> type, BindException cause) {
		ConfigurationProperty property = cause.getProperty();
		return (property != null) ? Spelling.question(String.valueOf(property.getValue()), words(type)) : "";
	}

	private FailureAnalysis analysis(String property, String reason, String action, BindException cause) {
		return new FailureAnalysis(PropertyProblem.describe(this.environment, property, reason), action, cause);
	}

}
