// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import io.github.fallbackai.autoconfigure.properties.SecretProperties;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.SanitizableData;

import static org.assertj.core.api.Assertions.assertThat;

class KeySanitizingFunctionTests {

	private final KeySanitizingFunction function = new KeySanitizingFunction(new SecretProperties(ConfigurationFixture
		.file("fallback.ai.api-keys.primary=sk-secret-4711", "fallback.ai.api-keys.backup=short")
		.environment()));

	@Test
	void masksByName() {
		assertThat(sanitize("fallback.ai.api-keys.primary", "anything")).isEqualTo(SanitizableData.SANITIZED_VALUE);
		assertThat(sanitize("fallback.ai.defaults.proxy", "http://user:pass@proxy:1"))
			.isEqualTo(SanitizableData.SANITIZED_VALUE);
		assertThat(sanitize("FALLBACK_AI_APIKEYS_PRIMARY", "anything")).isEqualTo(SanitizableData.SANITIZED_VALUE);
	}

	@Test
	void masksAKeyInAnotherProperty() {
		assertThat(sanitize("OPENAI_API_KEY", "sk-secret-4711")).isEqualTo(SanitizableData.SANITIZED_VALUE);
		assertThat(sanitize("sun.java.command", "app --fallback.ai.api-keys.primary=sk-secret-4711"))
			.isEqualTo(SanitizableData.SANITIZED_VALUE);
		assertThat(sanitize("OTHER", "short")).isEqualTo(SanitizableData.SANITIZED_VALUE);
	}

	@Test
	void masksAnAddressWithASecretInIt() {
		assertThat(sanitize("fallback.ai.endpoints[0].url", "https://llm.example.com/v1?key=sk-other-4711"))
			.isEqualTo(SanitizableData.SANITIZED_VALUE);
		assertThat(sanitize("FALLBACK_AI_OVERRIDES_PRIMARY_URL", "https://user:pass@llm.example.com"))
			.isEqualTo(SanitizableData.SANITIZED_VALUE);
		assertThat(sanitize("fallback.ai.endpoints[0].url", "https://llm.example.com/v1"))
			.isEqualTo("https://llm.example.com/v1");
	}

	@Test
	void leavesTheRestAlone() {
		assertThat(sanitize("spring.application.name", "shortbread")).isEqualTo("shortbread");
		assertThat(sanitize("fallback.ai.deadline", "2m")).isEqualTo("2m");
		assertThat(sanitize("server.port", 8080)).isEqualTo(8080);
		assertThat(sanitize("fallback.ai.api-keys.primary", null)).isNull();
	}

	private Object sanitize(String name, Object value) {
		return this.function.apply(new SanitizableData(null, name, value)).getValue();
	}

}
