// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.util.Collections;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link Parameters}.
 */
class ParametersTests {

	@Test
	void showsNamesButNoValues() {
		Parameters parameters = new Parameters(Map.of("user", "jane@example.org"), Map.of("store", "secret"),
				Set.of("seed"));
		assertThat(parameters).hasToString("Parameters[defaults=[user], set=[store], drop=[seed]]");
	}

	@Test
	void isEmptyOnlyWithoutAnyParameter() {
		assertThat(Parameters.NONE.isEmpty()).isTrue();
		assertThat(new Parameters(Map.of("a", 1), Map.of(), Set.of()).isEmpty()).isFalse();
		assertThat(new Parameters(Map.of(), Map.of("a", 1), Set.of()).isEmpty()).isFalse();
		assertThat(new Parameters(Map.of(), Map.of(), Set.of("a")).isEmpty()).isFalse();
	}

	@Test
	void takesANullForAValue() {
		Map<String, Object> nothing = Collections.singletonMap("service_tier", null);
		assertThat(new Parameters(nothing, Map.of(), Set.of()).defaults()).containsKey("service_tier");
	}

}
