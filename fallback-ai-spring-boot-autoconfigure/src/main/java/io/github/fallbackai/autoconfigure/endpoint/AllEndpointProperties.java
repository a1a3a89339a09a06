// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.util.List;

import io.github.fallbackai.autoconfigure.diagnosis.MisspeltProperties;
import io.github.fallbackai.autoconfigure.diagnosis.UnitCheck;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;

import org.springframework.core.env.Environment;

/**
 * The properties of all endpoints, those that are off included.
 *
 * @param all the endpoints in the order of the list
 */
public record AllEndpointProperties(List<LayeredEndpointProperties> all) {

	public static AllEndpointProperties read(Environment environment, FallbackAiProperties properties) {
		MisspeltProperties.refuse(environment);
		new UnitCheck(environment).refuse();
		EndpointList list = EndpointList.find(environment);
		return new AllEndpointProperties(
				(list != null) ? new EndpointLayers(environment).apply(list, properties.apiKeys()) : List.of());
	}

}
