// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import io.github.fallbackai.autoconfigure.diagnosis.MisspeltProperties;
import io.github.fallbackai.autoconfigure.endpoint.EndpointList;
import io.github.fallbackai.autoconfigure.properties.EndpointsProperty;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches when at least one endpoint is configured.
 */
class OnEndpointsCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		ConditionMessage.Builder message = ConditionMessage.forCondition("Fallback endpoints");
		EndpointList list = EndpointList.find(context.getEnvironment());
		if (list == null) {
			// The list itself may be misspelt.
			MisspeltProperties.refuse(context.getEnvironment());
			return ConditionOutcome.noMatch(message.didNotFind("property").items(EndpointsProperty.NAME));
		}
		return ConditionOutcome.match(message.foundExactly(list.elements().size() + " endpoints"));
	}

}
