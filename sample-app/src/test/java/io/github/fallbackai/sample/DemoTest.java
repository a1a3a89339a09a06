// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.autoconfigure.web.reactive.AutoConfigureWebTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/**
 * A test of the whole chatbot with simulated providers. All such tests share one running
 * application, whatever keys the environment holds. Its limits are far longer than those
 * of the demo: nothing times out or recovers because the machine was slow.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ActiveProfiles("demo")
@AutoConfigureWebTestClient(timeout = "5m")
@Import(Chaos.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sample.speed=10", "logging.level.org.openqa.selenium=error", "fallback.ai.deadline=5m",
				"fallback.ai.defaults.timeout.connect=30s", "fallback.ai.defaults.timeout.first-content=1m",
				"fallback.ai.defaults.timeout.idle=1m", "fallback.ai.defaults.timeout.total=5m",
				"fallback.ai.defaults.circuit-breaker.recovery-timeout=5m",
				"fallback.ai.defaults.circuit-breaker.max-recovery-timeout=10m" })
public @interface DemoTest {

}
