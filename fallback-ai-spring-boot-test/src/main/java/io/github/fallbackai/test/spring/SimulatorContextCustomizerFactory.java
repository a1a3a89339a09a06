// SPDX-License-Identifier: Apache-2.0
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
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.util.ReflectionUtils;

import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.spring.SimulatorContextCustomizer.Simulated;

/**
 * Finds the simulators in the static {@code @RegisterExtension} fields of a test class,
 * of its superclasses and of the classes around it, and {@link SimulatedEndpoints} at any
 * of these classes.
 */
final class SimulatorContextCustomizerFactory implements ContextCustomizerFactory {

	private static final String REGISTER_EXTENSION = "org.junit.jupiter.api.extension.RegisterExtension";

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		Map<String, String> urls = new LinkedHashMap<>();
		for (Class<?> type = testClass; type != null; type = type.getEnclosingClass()) {
			ReflectionUtils.doWithFields(type, (field) -> add(field, urls), this::holdsSimulator);
		}
		SimulatedEndpoints annotation = annotation(testClass);
		return (urls.isEmpty() && annotation == null) ? null
				: new SimulatorContextCustomizer(urls, (annotation != null) ? Simulated.of(annotation) : null);
	}

	static @Nullable SimulatedEndpoints annotation(Class<?> testClass) {
		return TestContextAnnotationUtils.findMergedAnnotation(testClass, SimulatedEndpoints.class);
	}

	private boolean holdsSimulator(Field field) {
		return Modifier.isStatic(field.getModifiers()) && ProviderSimulator.class.isAssignableFrom(field.getType())
				&& AnnotatedElementUtils.isAnnotated(field, REGISTER_EXTENSION);
	}

	private void add(Field field, Map<String, String> urls) {
		ReflectionUtils.makeAccessible(field);
		ProviderSimulator simulator = (ProviderSimulator) ReflectionUtils.getField(field, null);
		if (simulator != null && !simulator.endpoint().isEmpty()) {
			urls.putIfAbsent(simulator.endpoint(), simulator.url());
		}
	}

}
