// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.io.IOException;

import io.github.fallbackai.suite.PublicApi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PublicApiTests {

	@Test
	void isWhatTheFileSays() throws IOException {
		PublicApi.assertUnchanged("fallback-ai-spring-boot-autoconfigure");
	}

	@Test
	void mentionsNothingInternal() {
		assertThat(PublicApi.leaks()).isEmpty();
	}

}
