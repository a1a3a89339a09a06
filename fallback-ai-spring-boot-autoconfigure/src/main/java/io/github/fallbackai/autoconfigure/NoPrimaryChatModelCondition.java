// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import org.springframework.ai.chat.model.ChatModel;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether the application has no primary {@link ChatModel} of its own. Two primary beans
 * would stop the start.
 */
class NoPrimaryChatModelCondition extends SpringBootCondition implements ConfigurationCondition {

	@Override
	public ConfigurationPhase getConfigurationPhase() {
		return ConfigurationPhase.REGISTER_BEAN;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("No primary ChatModel");
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		if (beans != null) {
			for (String name : beans.getBeanNamesForType(ChatModel.class, true, false)) {
				if (beans.containsBeanDefinition(name) && beans.getBeanDefinition(name).isPrimary()) {
					return ConditionOutcome.noMatch(message.found("bean").items(name));
				}
			}
		}
		return ConditionOutcome.match(message.didNotFind("bean").atAll());
	}

}
