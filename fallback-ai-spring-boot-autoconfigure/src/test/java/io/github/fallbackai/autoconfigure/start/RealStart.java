// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.autoconfigure.FallbackAiActuatorAutoConfiguration;
import io.github.fallbackai.autoconfigure.FallbackAiAutoConfiguration;
import io.github.fallbackai.autoconfigure.boot3.FallbackAiBoot3AutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * An application that is started with the configuration files of a directory and with
 * environment variables, as users do it.
 */
final class RealStart {

	private static final String VARIABLES = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

	private final Path directory;

	private final Map<String, Object> variables = new LinkedHashMap<>();

	private RealStart(Path directory) {
		this.directory = directory;
	}

	static RealStart in(Path directory) {
		return new RealStart(directory);
	}

	RealStart yaml(String text) {
		return file("application.yaml", text);
	}

	RealStart properties(String text) {
		return file("application.properties", text);
	}

	private RealStart file(String name, String text) {
		try {
			Files.writeString(this.directory.resolve(name), text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return this;
	}

	RealStart variable(String name, String value) {
		this.variables.put(name, value);
		return this;
	}

	ConfigurableApplicationContext run() {
		return run(App.class);
	}

	ConfigurableApplicationContext run(Class<?> source) {
		SpringApplication application = new SpringApplication(source);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setBannerMode(Banner.Mode.OFF);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(VARIABLES, new SystemEnvironmentPropertySource(VARIABLES, this.variables));
		application.setEnvironment(environment);
		return application.run("--spring.config.location=" + this.directory.toUri());
	}

	/**
	 * Starts an application that cannot start.
	 * @param output what it says
	 * @param texts what is among that
	 */
	void fails(CapturedOutput output, String... texts) {
		int before = output.length();
		assertThatException().isThrownBy(() -> run().close());
		assertThat(output.subSequence(before, output.length())).contains("APPLICATION FAILED TO START").contains(texts);
	}

	/**
	 * An application that uses the template if there is one.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ SslAutoConfiguration.class, FallbackAiAutoConfiguration.class,
			FallbackAiActuatorAutoConfiguration.class, FallbackAiBoot3AutoConfiguration.class })
	static class App {

		@Bean
		String user(ObjectProvider<AiFallbackOperations> operations) {
			return String.valueOf(operations.getIfAvailable());
		}

	}

}
