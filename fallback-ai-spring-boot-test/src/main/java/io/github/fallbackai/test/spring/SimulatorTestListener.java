// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.spring;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;
import org.springframework.util.ReflectionUtils;

import io.github.fallbackai.test.ProviderSimulator;

/**
 * Gives simulators to the fields of a test, and begins each test method afresh.
 */
final class SimulatorTestListener implements TestExecutionListener {

	@Override
	public void prepareTestInstance(TestContext test) {
		Class<?> type = test.getTestClass();
		ReflectionUtils.doWithFields(type, (field) -> inject(field, test),
				(field) -> field.isAnnotationPresent(Simulator.class));
	}

	@Override
	public void beforeTestMethod(TestContext test) {
		if (SimulatorContextCustomizerFactory.annotation(test.getTestClass()) != null) {
			Simulators.of(test.getApplicationContext()).reset(test.getApplicationContext());
		}
	}

	private static void inject(Field field, TestContext test) {
		if (Modifier.isStatic(field.getModifiers()) || field.getType() != ProviderSimulator.class) {
			throw new IllegalStateException(
					field + " (expected: @Simulator at fields of type ProviderSimulator that are not static)");
		}
		String name = field.getAnnotation(Simulator.class).value();
		ReflectionUtils.makeAccessible(field);
		ReflectionUtils.setField(field, test.getTestInstance(),
				Simulators.of(test.getApplicationContext()).get(name.isEmpty() ? field.getName() : name));
	}

}
