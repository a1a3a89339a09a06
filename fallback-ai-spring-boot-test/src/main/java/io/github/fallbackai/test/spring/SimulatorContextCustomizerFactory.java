package io.github.fallbackai.test.spring;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.util.ReflectionUtils;

import io.github.fallbackai.test.ProviderSimulator;

/**
 * Finds the simulators in the static {@code @RegisterExtension} fields of a test class,
 * of its superclasses and of the classes around it.
 */
final class SimulatorContextCustomizerFactory implements ContextCustomizerFactory {

	private static final String REGISTER_EXTENSION = "org.junit.jupiter.api.extension.RegisterExtension";

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		Map<String, Object> overrides = new LinkedHashMap<>();
		for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
			ReflectionUtils.doWithFields(type, (field) -> add(field, overrides), this::holdsSimulator);
		}
		return overrides.isEmpty() ? null : new SimulatorContextCustomizer(overrides);
	}

	private boolean holdsSimulator(Field field) {
		return Modifier.isStatic(field.getModifiers()) && ProviderSimulator.class.isAssignableFrom(field.getType())
				&& AnnotatedElementUtils.isAnnotated(field, REGISTER_EXTENSION);
	}

	private void add(Field field, Map<String, Object> overrides) {
		ReflectionUtils.makeAccessible(field);
		ProviderSimulator simulator = (ProviderSimulator) ReflectionUtils.getField(field, null);
		if (simulator != null && !simulator.endpoint().isEmpty()) {
			for (String property : simulator.properties()) {
				int end = property.indexOf('=');
				overrides.putIfAbsent(property.substring(0, end), property.substring(end + 1));
			}
		}
	}

}
