// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.spring;

import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

import io.github.fallbackai.test.ProviderSimulator;
import io.github.fallbackai.test.time.VirtualTime;

/**
 * Gives simulators, and the time, to the methods of a test.
 */
final class SimulatorParameters implements ParameterResolver {

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
		Class<?> type = parameter.getParameter().getType();
		return (type == ProviderSimulator.class || type == VirtualTime.class) && !parameter.isAnnotated(Autowired.class)
				&& !(parameter.getDeclaringExecutable() instanceof Constructor);
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
		ApplicationContext context = SpringExtension.getApplicationContext(test);
		Parameter declared = parameter.getParameter();
		if (declared.getType() == VirtualTime.class) {
			return Simulators.of(context).time();
		}
		String named = parameter.findAnnotation(Simulator.class).map(Simulator::value).orElse("");
		if (named.isEmpty() && !declared.isNamePresent()) {
			throw new IllegalStateException(
					"the compiler left out the name of " + declared + " (expected: -parameters, or @Simulator(name))");
		}
		return Simulators.of(context).get(named.isEmpty() ? declared.getName() : named);
	}

}
