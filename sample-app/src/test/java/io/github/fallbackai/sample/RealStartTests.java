// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The chatbot as a user starts it: a process with environment, arguments and a file
 * beside it.
 */
@Tag("slow")
class RealStartTests {

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	@TempDir
	private Path folder;

	@Test
	void theProfileOfRealProvidersInTheEnvironment() throws IOException {
		assertThat(output(Map.of("SPRING_PROFILES_ACTIVE", "real", "OLLAMA_ENABLED", "true")))
			.contains("The following 1 profile is active: \"real\"", "Providers  real: ollama\n");
	}

	@Test
	void theProfileOfRealProvidersAsAnArgument() throws IOException {
		assertThat(output(Map.of("OLLAMA_ENABLED", "true"), "--spring.profiles.active=real"))
			.contains("Providers  real: ollama\n");
	}

	@Test
	void theProfileOfRealProvidersWithoutAnyKey() throws IOException {
		assertThat(output(Map.of("SPRING_PROFILES_ACTIVE", "real"))).contains("openai", "api-key")
			.doesNotContain("premium");
	}

	@Test
	void endpointsInTheEnvironment() throws IOException {
		assertThat(output(Map.of("FALLBACK_AI_ENDPOINTS_0_NAME", "mine", "FALLBACK_AI_ENDPOINTS_0_URL",
				"http://localhost:1234/v1", "FALLBACK_AI_ENDPOINTS_0_MODEL", "some-model")))
			.contains("Providers  your own: mine\n");
	}

	/** The library explains it, not the sample, which reads the list before. */
	@Test
	void partOfAnEndpointInTheEnvironment() throws IOException {
		Files.writeString(this.folder.resolve("application.yml"),
				"fallback.ai.endpoints: [ { name: mine, url: 'http://localhost:1234/v1', model: some-model } ]");
		assertThat(output(Map.of("FALLBACK_AI_ENDPOINTS_0_APIKEY", "sk-some-key")))
			.contains("Spring Boot does not merge lists", "FALLBACK_AI_APIKEYS_MINE")
			.doesNotContain("sk-some-key");
	}

	@Test
	void endpointsInAFileBesideIt() throws IOException {
		Files.writeString(this.folder.resolve("application.yml"), """
				fallback:
				  ai:
				    endpoints:
				      - name: mine
				        url: http://localhost:1234/v1
				        model: some-model
				      - name: practice
				        url: simulator:budget
				        model: some-model
				""");
		assertThat(output(Map.of("OPENAI_API_KEY", "some-key"))).contains("Providers  simulated: mine, practice\n");
	}

	/** What it prints until it listens or ends. */
	private String output(Map<String, String> variables, String... arguments) throws IOException {
		String[] command = new String[arguments.length + 2];
		command[0] = SampleApplication.class.getName();
		command[1] = "--server.port=0";
		System.arraycopy(arguments, 0, command, 2, arguments.length);
		try (ChildProcess chatbot = ChildProcess.start(this.folder.resolve("output.log"), List.of(), variables,
				command)) {
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> chatbot.output().contains("Gateway ") || !chatbot.isAlive());
			return chatbot.output();
		}
	}

}
