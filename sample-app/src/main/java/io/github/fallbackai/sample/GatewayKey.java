// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes a new key for the gateway at every start, unless the configuration has one.
 */
class GatewayKey implements EnvironmentPostProcessor {

	static final String PROPERTY = "fallback.ai.gateway.clients.sample.api-key";

	private static final int BYTES = 16;

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		byte[] random = new byte[BYTES];
		new SecureRandom().nextBytes(random);
		// Last, so that any other source of the key wins.
		environment.getPropertySources()
			.addLast(new MapPropertySource("gatewayKey", Map.of(PROPERTY, "sk-" + HexFormat.of().formatHex(random))));
	}

}
