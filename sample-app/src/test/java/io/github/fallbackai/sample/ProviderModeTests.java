package io.github.fallbackai.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import org.springframework.boot.SpringApplication;
import org.springframework.core.io.ClassPathResource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class ProviderModeTests {

	@SuppressWarnings("unused")
	static final Iterable<String> KEY_VARIABLES = ProviderMode.KEY_VARIABLES;

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void simulatesWithoutAKey() {
		assertThat(chosenProfiles()).containsExactly("demo");
	}

	@Test
	void simulatesWithABlankKey() {
		this.environment.setProperty("OPENAI_API_KEY", " ");
		assertThat(chosenProfiles()).containsExactly("demo");
	}

	@ParameterizedTest
	@FieldSource("KEY_VARIABLES")
	void isRealAsSoonAsThereIsAKey(String variable) {
		this.environment.setProperty(variable, "some-key");
		assertThat(chosenProfiles()).containsExactly("real");
	}

	@Test
	void simulatesInSpiteOfAKeyIfTold() {
		this.environment.setProperty("OPENAI_API_KEY", "some-key");
		this.environment.setActiveProfiles("demo");
		assertThat(chosenProfiles()).containsExactly("demo");
	}

	@Test
	void isRealWithoutAKeyIfTold() {
		this.environment.setActiveProfiles("real");
		assertThat(chosenProfiles()).containsExactly("real");
	}

	@Test
	void staysFreeWithAnotherProfile() {
		this.environment.setProperty("OPENAI_API_KEY", "some-key");
		this.environment.setActiveProfiles("mine");
		assertThat(chosenProfiles()).containsExactly("mine", "demo");
	}

	@ParameterizedTest
	@FieldSource("KEY_VARIABLES")
	void readsEveryKeyInTheConfigurationOfRealProviders(String variable) throws IOException {
		assertThat(new ClassPathResource("application-real.yml").getContentAsString(StandardCharsets.UTF_8))
			.contains("api-key: ${" + variable + ":}");
	}

	private String[] chosenProfiles() {
		new ProviderMode().postProcessEnvironment(this.environment, new SpringApplication());
		return this.environment.getActiveProfiles();
	}

}
