// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import io.github.fallbackai.actuate.EventJournal;
import io.github.fallbackai.actuate.FallbackAiDashboard;
import io.github.fallbackai.actuate.FallbackAiEndpoint;
import io.github.fallbackai.actuate.FallbackAiEventStream;
import io.github.fallbackai.actuate.FallbackAiWebExtension;
import io.github.fallbackai.actuate.LiveFeed;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.drill.Drills;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The management endpoint as a stream of events, and as a page.
 */
@Configuration(proxyBeanMethods = false)
class FallbackDashboardConfiguration {

	@Bean
	@ConditionalOnProperty(prefix = FallbackAiProperties.PREFIX + ".dashboard", name = "enabled")
	@ConditionalOnAvailableEndpoint(FallbackAiDashboard.class)
	@ConditionalOnMissingBean
	FallbackAiDashboard fallbackAiDashboard(Environment environment, ObjectProvider<Drills> drills,
			ObjectProvider<EndpointAccessResolver> resolver) {
		return new FallbackAiDashboard(() -> {
			boolean operations = FallbackAiActuatorAutoConfiguration.unrestricted(environment)
					&& permitted(resolver.getIfAvailable());
			return new FallbackAiDashboard.Access(operations, operations && drills.getIfAvailable() != null);
		});
	}

	/**
	 * Whether Spring Boot lets operations reach the management endpoint. It asks with the
	 * same default, and the resolver may remember its first answer.
	 */
	private static boolean permitted(@Nullable EndpointAccessResolver resolver) {
		return resolver == null
				|| resolver.accessFor(EndpointId.of(FallbackAiEndpoint.ID), Access.UNRESTRICTED) == Access.UNRESTRICTED;
	}

	/**
	 * The application is reactive.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class Reactive {

		@Bean
		@ConditionalOnAvailableEndpoint(FallbackAiEndpoint.class)
		@ConditionalOnMissingBean
		LiveFeed fallbackAiLiveFeed(FallbackAiEndpoint endpoint, EventJournal journal, ApplicationContext application) {
			return new LiveFeed(endpoint, journal, application);
		}

		@Bean
		@ConditionalOnAvailableEndpoint(FallbackAiEndpoint.class)
		@ConditionalOnMissingBean(FallbackAiWebExtension.class)
		FallbackAiEventStream fallbackAiEventStream(FallbackAiEndpoint endpoint, LiveFeed feed) {
			return new FallbackAiEventStream(endpoint, feed);
		}

	}

}
