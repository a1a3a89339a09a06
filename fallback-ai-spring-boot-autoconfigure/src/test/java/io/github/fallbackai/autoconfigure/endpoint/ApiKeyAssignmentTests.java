// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ApiKeyAssignmentTests {

	private static final Predicate<String> VARIABLES = (entry) -> false;

	private final EndpointNames names = new EndpointNames(List.of("my-primary", "backup"));

	@Test
	void givesEachEndpointItsKey() {
		ApiKeyAssignment keys = new ApiKeyAssignment(Map.of("myprimary", "sk-secret-1"), this.names, VARIABLES);
		assertThat(keys.keyOf("my-primary")).isEqualTo("sk-secret-1");
		assertThat(keys.propertyOf("my-primary")).isEqualTo("fallback.ai.api-keys.myprimary");
		assertThat(keys.keyOf("backup")).isNull();
		assertThat(keys.propertyOf("backup")).isNull();
	}

	@Test
	void refusesAnEntryWithoutEndpoint() {
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> new ApiKeyAssignment(Map.of("third", "sk-secret"), this.names, VARIABLES))
			.withMessage("fallback.ai.api-keys.third: matches no endpoint (endpoints: my-primary, backup)");
	}

	@Test
	void refusesTwoKeysForOneEndpoint() {
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> new ApiKeyAssignment(Map.of("my-primary", "sk-secret-1", "my.primary", "sk-secret-2"),
					this.names, VARIABLES))
			.withMessageContainingAll("fallback.ai.api-keys.my-primary", "fallback.ai.api-keys.my.primary")
			.satisfies((ex) -> assertThat(ex).message().doesNotContain("sk-secret"));
	}

	@Test
	void acceptsTheSameKeyTwice() {
		ApiKeyAssignment keys = new ApiKeyAssignment(Map.of("my-primary", "sk-secret", "myprimary", "sk-secret"),
				this.names, VARIABLES);
		assertThat(keys.keyOf("my-primary")).isEqualTo("sk-secret");
	}

}
