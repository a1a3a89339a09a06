// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.servlet;

import io.github.fallbackai.BlockingCallsTests;
import io.github.fallbackai.suite.NewestJdk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class NewestJdkTests {

	@Test
	void theOtherTestsSucceedThereToo() throws Exception {
		NewestJdk.run(ServletApplicationTests.class, ServletStreamsTests.class, BlockingCallsTests.class,
				Class.forName("io.github.fallbackai.aiservice.AiServiceTests"));
	}

}
