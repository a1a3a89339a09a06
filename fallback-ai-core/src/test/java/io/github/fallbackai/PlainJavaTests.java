// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.net.URI;
import java.time.Duration;

import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The core in a program without Spring.
 */
class PlainJavaTests {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	@Test
	void noSpringIsOnTheClassPath() {
		assertThatExceptionOfType(ClassNotFoundException.class)
			.isThrownBy(() -> Class.forName("org.springframework.core.SpringVersion"));
		assertThatExceptionOfType(ClassNotFoundException.class)
			.isThrownBy(() -> Class.forName("org.springframework.http.HttpHeaders"));
	}

	@Test
	void theBackupAnswersWhileThePrimaryFails() {
		try (ProviderSimulator primary = ProviderSimulator.create().start();
				ProviderSimulator backup = ProviderSimulator.create().start()) {
			primary.always(Outcome.status(500));
			backup.always(Outcome.answer("Hello from the backup."));
			try (AiFallbackTemplate ai = AiFallbackTemplate.builder()
				.endpoint(endpoint("primary", primary))
				.endpoint(endpoint("backup", backup))
				.build()) {
				ChatResponse response = ai.chat("Hello?").block(LIMIT);
				assertThat(response.text()).isEqualTo("Hello from the backup.");
				assertThat(response.endpoint()).isEqualTo("backup");
				assertThat(ai.streamText("Hello?").collectList().block(LIMIT)).isNotEmpty();
			}
		}
	}

	private static Endpoint endpoint(String name, ProviderSimulator server) {
		return Endpoint.named(name).provider("openai").url(URI.create(server.url())).model("any").build();
	}

}
