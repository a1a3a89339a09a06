// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.util.List;

import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.properties.EndpointProperties;
import io.github.fallbackai.autoconfigure.properties.EndpointsProperty;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * The list {@code fallback.ai.endpoints}. Spring Boot never merges lists: the first
 * property source that has an element has the whole list.
 *
 * @param source the property source
 * @param elements the elements as that source has them, without defaults and overrides
 */
public record EndpointList(ConfigurationPropertySource source, List<EndpointProperties> elements) {

	private static final Bindable<List<EndpointProperties>> LIST = Bindable.listOf(EndpointProperties.class);

	/**
	 * Finds the list.
	 * @param environment the application's environment
	 * @return the list, or {@code null} if there is none or if it is empty
	 * @throws InvalidFallbackConfigurationException if the source has only a part of a
	 * list
	 */
	public static @Nullable EndpointList find(Environment environment) {
		List<ConfigurationPropertySource> sources = EndpointsProperty.sources(environment);
		if (sources.isEmpty()) {
			return null;
		}
		ConfigurationPropertySource source = sources.get(0);
		PartialEndpointList partial = new PartialEndpointList(source, (sources.size() > 1) ? sources.get(1) : null);
		try {
			List<EndpointProperties> elements = new Binder(List.of(source),
					new PropertySourcesPlaceholdersResolver(environment))
				.bind(EndpointsProperty.NAME, LIST)
				.orElse(List.of());
			if (elements.isEmpty()) {
				partial.refuseNames();
				return null;
			}
			partial.refuseIfIn(elements);
			return new EndpointList(source, elements);
		}
		catch (BindException ex) {
			if (ex.getCause() instanceof UnboundConfigurationPropertiesException unbound) {
				throw partial.refusalOfUnbound(unbound.getUnboundProperties().iterator().next().getName());
			}
			throw ex;
		}
	}

}
