package io.github.fallbackai.autoconfigure;

import java.util.List;

import org.springframework.core.env.Environment;

/**
 * All endpoints as they are configured, those that are off included.
 *
 * @param all the endpoints in the order of the list
 */
record LayeredEndpoints(List<LayeredEndpoint> all) {

	static LayeredEndpoints read(Environment environment, FallbackAiProperties properties) {
		MisspeltProperties.refuse(environment);
		EndpointList list = EndpointList.find(environment);
		return new LayeredEndpoints(
				(list != null) ? new EndpointLayers(environment).apply(list, properties.apiKeys()) : List.of());
	}

}
