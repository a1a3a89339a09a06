// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@DemoTest
@Tag("slow")
class StartupMessageTests {

	@Autowired
	private StartupMessage message;

	@Test
	void saysWhereThePageIsAndWhoAnswers() {
		assertThat(this.message.text("http://localhost:8080")).contains("Page       http://localhost:8080\n",
				"Health     http://localhost:8080/actuator/health\n",
				"Providers  simulated: premium, budget, last-resort\n", "OPENAI_API_KEY");
	}

}
