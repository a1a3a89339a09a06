// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.start;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An endpoint has several keys, in files and variables.
 */
@ExtendWith(OutputCaptureExtension.class)
class SpareApiKeysTests {

	private static final Duration LONG = Duration.ofMinutes(2);

	private final ProviderSimulator provider = ProviderSimulator.create();

	@TempDir
	private Path directory;

	@AfterEach
	void stop() {
		this.provider.close();
	}

	@Test
	void takeThePlaceOfAKeyThatIsRefusedWithoutAnotherEndpoint(CapturedOutput output) {
		this.provider.next(Outcome.status(401), Outcome.status(429));
		try (ConfigurableApplicationContext context = start("[ sk-second, '${THIRD}', '${FOURTH:}' ]")
			.variable("THIRD", "sk-third")
			.run()) {
			AiFallbackTemplate template = context.getBean(AiFallbackTemplate.class);
			assertThat(template.chat("Hello").block(LONG)).satisfies((answer) -> {
				assertThat(answer.endpoint()).isEqualTo("primary");
				assertThat(answer.attempts()).hasSize(1);
			});
		}
		assertThat(keys()).containsExactly("Bearer sk-first", "Bearer sk-second", "Bearer sk-third");
		assertThat(output).contains("WARN", "Key 1 of 3 of endpoint primary rests for 60 s: AUTHENTICATION",
				"Key 2 of 3 of endpoint primary rests for 5 s: RATE_LIMITED");
		assertThat(output).doesNotContain("sk-first", "sk-second", "sk-third");
	}

	@Test
	void comeFromVariables() {
		this.provider.next(Outcome.status(402));
		try (ConfigurableApplicationContext context = start("[]")
			.variable("FALLBACK_AI_OVERRIDES_PRIMARY_SPAREAPIKEYS_0", "sk-variable")
			.run()) {
			AiFallbackTemplate template = context.getBean(AiFallbackTemplate.class);
			assertThat(template.chat("Hello").block(LONG).endpoint()).isEqualTo("primary");
		}
		assertThat(keys()).containsExactly("Bearer sk-first", "Bearer sk-variable");
	}

	@Test
	void needAFirstKey(CapturedOutput output) {
		RealStart.in(this.directory)
			.yaml("fallback.ai.endpoints: [ { name: primary, model: large, spare-api-keys: [ sk-second ] } ]")
			.fails(output, "spare-api-keys", "needs an api-key");
		assertThat(output).doesNotContain("sk-second");
	}

	@Test
	void areNoTextWithLineBreaks(CapturedOutput output) {
		start("[ \"sk\\nsecond\" ]").fails(output, "spare-api-keys", "has a character that no key has");
		assertThat(output).doesNotContain("second\"");
	}

	private RealStart start(String spare) {
		return RealStart.in(this.directory)
			.yaml("fallback.ai: { warm-up: false, state-store.type: memory, endpoints: [ { name: primary, model: large, url: '"
					+ this.provider.url() + "', api-key: sk-first, spare-api-keys: " + spare
					+ ", unary-as-stream: false, timeout.first-content: 1m, timeout.total: 2m } ] }");
	}

	private List<String> keys() {
		return this.provider.requests().stream().map((request) -> request.header("Authorization")).toList();
	}

}
