// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.diagnosis;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.autoconfigure.properties.EndpointsProperty;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Explains why there is no template to inject: no endpoint is configured, or fallback-ai
 * is switched off.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class MissingTemplateFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

	private static final String ENABLED = FallbackAiProperties.PREFIX + ".enabled";

	private static final String EXAMPLE = """
			List at least one endpoint, for example:

			    fallback:
			      ai:
			        endpoints:
			          - name: primary
			            provider: openai
			            model: gpt-4o-mini
			            api-key: ${OPENAI_API_KEY}""";

	private final Environment environment;

	MissingTemplateFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
		Class<?> type = cause.getBeanType();
		if (type == null || !AiFallbackOperations.class.isAssignableFrom(type)
				|| cause instanceof NoUniqueBeanDefinitionException) {
			return null;
		}
		String missing = "A bean of type " + type.getName() + " is required, but there is none because ";
		if (!this.environment.getProperty(ENABLED, Boolean.class, true)) {
			return new FailureAnalysis(missing + ENABLED + " is false.",
					"Remove " + ENABLED + "=false, or inject the bean as an optional one.", cause);
		}
		if (EndpointsProperty.isEmpty(this.environment)) {
			return new FailureAnalysis(missing + EndpointsProperty.NAME + " has no endpoint.", EXAMPLE, cause);
		}
		return null;
	}

}
