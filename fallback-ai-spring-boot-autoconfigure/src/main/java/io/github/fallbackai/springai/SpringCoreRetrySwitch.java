// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;

import org.springframework.util.ReflectionUtils;

/**
 * Keeps the template of Spring Framework 7, which models of Spring AI 2 have, from
 * repeating a call of ours. Its types are not there when this library is compiled.
 */
final class SpringCoreRetrySwitch implements InvocationHandler {

	static final String TEMPLATE = "org.springframework.core.retry.RetryTemplate";

	private final Object policy;

	private SpringCoreRetrySwitch(Object policy) {
		this.policy = policy;
	}

	static void turnOff(Object template) {
		Method getter = Objects.requireNonNull(ReflectionUtils.findMethod(template.getClass(), "getRetryPolicy"));
		Class<?> type = getter.getReturnType();
		Method setter = Objects.requireNonNull(ReflectionUtils.findMethod(template.getClass(), "setRetryPolicy", type));
		Object policy = Objects.requireNonNull(ReflectionUtils.invokeMethod(getter, template));
		ReflectionUtils.invokeMethod(setter, template, Proxy.newProxyInstance(type.getClassLoader(),
				new Class<?>[] { type }, new SpringCoreRetrySwitch(policy)));
	}

	@Override
	public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
		if (method.getName().equals("shouldRetry") && OwnCalls.here()) {
			return false;
		}
		try {
			return method.invoke(this.policy, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
