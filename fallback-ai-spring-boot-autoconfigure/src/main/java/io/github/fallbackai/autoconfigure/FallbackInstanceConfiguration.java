// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * What this instance is called among others.
 */
@Configuration(proxyBeanMethods = false)
class FallbackInstanceConfiguration {

	/**
	 * The application has a web server.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication
	static class WithServer {

		@Bean
		@ConditionalOnMissingBean
		InstanceId fallbackAiInstanceId(FallbackAiProperties properties, Environment environment) {
			return InstanceId.ofServer(properties, environment);
		}

	}

	/**
	 * The application has none.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnNotWebApplication
	static class WithoutServer {

		@Bean
		@ConditionalOnMissingBean
		InstanceId fallbackAiInstanceId(FallbackAiProperties properties, Environment environment) {
			return InstanceId.ofProcess(properties, environment);
		}

	}

}
