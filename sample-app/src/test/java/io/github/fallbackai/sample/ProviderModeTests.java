// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts applications that have nothing but the sample's configuration.
 */
@Tag("slow")
class ProviderModeTests {

	@SuppressWarnings("unused")
	static final Iterable<String> KEY_VARIABLES = ProviderMode.KEY_VARIABLES;

	private static final String[] OWN = { "--fallback.ai.endpoints[0].name=mine",
			"--fallback.ai.endpoints[0].url=http://localhost:1234/v1", "--fallback.ai.endpoints[0].model=some-model" };

	@TempDir
	private Path folder;

	@Test
	void simulatesWithoutAKey() {
		assertStart("demo", "premium", true);
	}

	@Test
	void simulatesWithABlankKey() {
		assertStart("demo", "premium", true, "--OPENAI_API_KEY= ");
	}

	@ParameterizedTest
	@FieldSource("KEY_VARIABLES")
	void isRealAsSoonAsThereIsAKey(String variable) {
		assertStart("real", "openai", false, "--" + variable + "=some-key");
	}

	@Test
	void simulatesInSpiteOfAKeyIfTold() {
		assertStart("demo", "premium", true, "--OPENAI_API_KEY=some-key", "--spring.profiles.active=demo");
	}

	@Test
	void isRealWithoutAKeyIfTold() {
		assertStart("real", "openai", false, "--spring.profiles.active=real");
	}

	@Test
	void isRealIfAFileSaysSo() throws IOException {
		assertStart("real", "openai", false, file("spring.profiles.active: real"));
	}

	@Test
	void isRealIfAFileHasAKey() throws IOException {
		assertStart("real", "openai", false, file("OPENAI_API_KEY: some-key"));
	}

	@Test
	void isRealIfTheCodeThatStartsItSaysSo() {
		try (ConfigurableApplicationContext context = start(application().profiles("real"))) {
			assertThat(context.getEnvironment().getActiveProfiles()).containsExactly("real");
		}
	}

	@Test
	void staysFreeOfChargeWithAnotherProfile() {
		assertStart("demo,mine", "premium", true, "--OPENAI_API_KEY=some-key", "--spring.profiles.active=mine");
	}

	@Test
	void leavesEndpointsOnTheCommandLineAlone() {
		assertStart("", "mine", false, OWN);
	}

	@Test
	void leavesEndpointsInAFileAlone() throws IOException {
		assertStart("", "mine", false, "--OPENAI_API_KEY=some-key", file("""
				fallback:
				  ai:
				    endpoints:
				      - { name: mine, url: http://localhost:1234/v1, model: some-model }
				"""));
	}

	@Test
	void simulatesNothingIfTheEndpointsOfAProfileAreReplaced() {
		assertStart("demo", "mine", false,
				List.of(OWN[0], OWN[1], OWN[2], "--spring.profiles.active=demo").toArray(String[]::new));
	}

	@ParameterizedTest
	@FieldSource("KEY_VARIABLES")
	void readsEveryKeyInTheConfigurationOfRealProviders(String variable) throws IOException {
		assertThat(new ClassPathResource("application-real.yml").getContentAsString(StandardCharsets.UTF_8))
			.contains("api-key: ${" + variable + ":}");
	}

	private String file(String yaml) throws IOException {
		Files.writeString(this.folder.resolve("application.yml"), yaml);
		return "--spring.config.additional-location=" + this.folder.toUri();
	}

	private static void assertStart(String profiles, String firstEndpoint, boolean simulated, String... arguments) {
		try (ConfigurableApplicationContext context = start(application(), arguments)) {
			assertThat(String.join(",", context.getEnvironment().getActiveProfiles())).isEqualTo(profiles);
			assertThat(context.getEnvironment().getProperty("fallback.ai.endpoints[0].name")).isEqualTo(firstEndpoint);
			assertThat(context.getEnvironment().getProperty("sample.simulated", Boolean.class, false))
				.isEqualTo(simulated);
			assertThat(context.getBeanFactory().getSingletonNames())
				.satisfies((names) -> assertThat(List.of(names).stream().anyMatch((name) -> name.contains("Simulated")))
					.isEqualTo(simulated));
		}
	}

	private static ConfigurableApplicationContext start(SpringApplicationBuilder application, String... arguments) {
		// Keys of the person who runs the tests do not count.
		List<String> all = new ArrayList<>();
		ProviderMode.KEY_VARIABLES.stream()
			.filter((variable) -> System.getenv(variable) != null)
			.filter((variable) -> List.of(arguments).stream().noneMatch((argument) -> argument.contains(variable)))
			.forEach((variable) -> all.add("--" + variable + "="));
		all.addAll(List.of(arguments));
		return application.run(all.toArray(String[]::new));
	}

	private static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(Bare.class).web(WebApplicationType.NONE);
	}

	@Configuration(proxyBeanMethods = false)
	static class Bare {

	}

}
