// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.boot4;

import io.github.fallbackai.suite.NewestJdk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class NewestJdkTests {

	@Test
	void theOtherTestsSucceedThereToo() throws Exception {
		NewestJdk.run(ReactiveApplicationTests.class, SharedStateTests.class,
				Class.forName("io.github.fallbackai.servlet.ServletApplicationTests"),
				Class.forName("io.github.fallbackai.servlet.ServletStreamsTests"),
				Class.forName("io.github.fallbackai.springai.ChatClientProgramTests"),
				Class.forName("io.github.fallbackai.aiservice.AiServiceTests"),
				Class.forName("io.github.fallbackai.readme.PastedTestsTests"));
	}

}
