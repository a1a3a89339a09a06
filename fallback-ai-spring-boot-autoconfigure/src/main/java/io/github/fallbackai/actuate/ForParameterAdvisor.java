// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationArgumentResolver;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.SecurityContext;

/**
 * Lets requests use the name {@code for}, which a parameter of a Java method cannot have,
 * and collects what they say about a drill.
 */
public final class ForParameterAdvisor implements OperationInvokerAdvisor {

	private static final EndpointId ENDPOINT = EndpointId.of(FallbackAiEndpoint.ID);

	@Override
	public OperationInvoker apply(EndpointId endpointId, OperationType operationType, OperationParameters parameters,
			OperationInvoker invoker) {
		if (!ENDPOINT.equals(endpointId) || operationType != OperationType.WRITE) {
			return invoker;
		}
		return (context) -> invoker.invoke(renamed(context));
	}

	private static InvocationContext renamed(InvocationContext context) {
		Map<String, Object> arguments = new LinkedHashMap<>(context.getArguments());
		Object length = arguments.remove("for");
		if (length != null) {
			arguments.put("length", length);
		}
		DrillParameters drill = DrillParameters.takenFrom(arguments);
		if (drill != null) {
			arguments.put("drill", drill);
		}
		return new InvocationContext(context.resolveArgument(SecurityContext.class), arguments, new Resolver(context));
	}

	private record Resolver(InvocationContext context) implements OperationArgumentResolver {

		@Override
		public <T> T resolve(Class<T> type) {
			return this.context.resolveArgument(type);
		}

		@Override
		public boolean canResolve(Class<?> type) {
			return this.context.canResolve(type);
		}

	}

}
