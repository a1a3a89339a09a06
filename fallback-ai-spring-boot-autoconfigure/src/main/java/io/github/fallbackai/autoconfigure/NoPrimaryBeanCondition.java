// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.Map;
import java.util.Objects;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/**
 * Whether the application has no primary bean of a type itself.
 */
class NoPrimaryBeanCondition extends SpringBootCondition implements ConfigurationCondition {

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnNoPrimaryBean.class);
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		if (beans != null) {
			for (String name : beans.getBeanNamesForType(type(context, metadata), true, false)) {
				if (beans.containsBeanDefinition(name) && beans.getBeanDefinition(name).isPrimary()) {
					return ConditionOutcome.noMatch(message.found("bean").items(name));
				}
			}
		}
		return ConditionOutcome.match(message.didNotFind("bean").atAll());
	}

	/** By its name, because the condition is also read where the class is absent. */
	private static Class<?> type(ConditionContext context, AnnotatedTypeMetadata metadata) {
		Map<String, Object> attributes = Objects
			.requireNonNull(metadata.getAnnotationAttributes(ConditionalOnNoPrimaryBean.class.getName(), true));
		return ClassUtils.resolveClassName(String.valueOf(attributes.get("value")), context.getClassLoader());
	}

}
