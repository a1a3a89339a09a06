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
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(App.class)
			.web(WebApplicationType.NONE)
			.run(arguments)) {
			return context.getEnvironment().getProperty(QuietConnectionLogging.PROPERTY);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class App {

	}

}
