package io.github.fallbackai.autoconfigure.diagnosis;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Explains a property below {@code fallback.ai} that cannot be read. Takes such failures
 * away from Spring Boot's own analyzers, which print the value, and the value may be a
 * key at the wrong place.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class BindingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(FallbackAiProperties.PREFIX);

	private static final Map<Class<?>, String> EXPECTED = Map.of(Duration.class, "a duration such as 30s",
			DataSize.class, "a size such as 1MB", Boolean.class, "true or false", Integer.class, "a whole number",
			Float.class, "a number", String.class, "a single value");

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
		String expected = expected(cause);
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

	private static String expected(BindException cause) {
		Class<?> type = cause.getTarget().getBoxedType().resolve(Object.class);
		if (type.isEnum()) {
			return "one of " + Arrays.stream(type.getEnumConstants())
				.map((constant) -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(", "));
		}
		return EXPECTED.getOrDefault(type, "a value for each property below it");
	}

	private FailureAnalysis analysis(String property, String reason, String action, BindException cause) {
		return new FailureAnalysis(PropertyProblem.describe(this.environment, property, reason), action, cause);
	}

}
