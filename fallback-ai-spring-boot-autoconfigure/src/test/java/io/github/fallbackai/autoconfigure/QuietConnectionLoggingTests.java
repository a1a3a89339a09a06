// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class QuietConnectionLoggingTests {

	private static final String ENDPOINT = "--fallback.ai.endpoints[0].model=large";

	@Test
	void silencesConnectionsThatDieWhereEndpointsAreConfigured() {
		assertThat(level(ENDPOINT)).isEqualTo("error");
		assertThat(levelOf("logging.level.reactor.netty.channel.FluxReceive", ENDPOINT)).isEqualTo("error");
	}

	@Test
	void silencesTheDriverOfRedisWhereStateMayBeKeptThere() {
		String driver = "logging.level.io.lettuce.core.protocol.ConnectionWatchdog";
		assertThat(levelOf(driver, ENDPOINT)).isEqualTo("error");
		assertThat(levelOf(driver, ENDPOINT, "--fallback.ai.stateStore.type=Memory")).isNull();
		assertThat(levelOf(driver, ENDPOINT, "--" + driver + "=warn")).isEqualTo("warn");
	}

	@Test
	void leavesOtherApplicationsAlone() {
		assertThat(level("--fallback.ai.deadline=1m")).isNull();
	}

	@Test
	void leavesTheLastWordToTheApplication() {
		assertThat(level(ENDPOINT, "--" + QuietConnectionLogging.PROPERTY + "=info")).isEqualTo("info");
	}

	private static String level(String... arguments) {
		return levelOf(QuietConnectionLogging.PROPERTY, arguments);
	}

	private static String levelOf(String property, String... arguments) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(App.class)
			.web(WebApplicationType.NONE)
			.run(arguments)) {
			return context.getEnvironment().getProperty(property);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class App {

	}

}
