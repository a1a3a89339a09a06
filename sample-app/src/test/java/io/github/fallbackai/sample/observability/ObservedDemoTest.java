// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.observability;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.fallbackai.sample.Chaos;

import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.autoconfigure.web.reactive.AutoConfigureWebTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;

/**
 * A test of the whole chatbot with simulated providers that Prometheus can read, and with
 * everything on that has a metric of its own.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ActiveProfiles("demo")
@AutoConfigureObservability(tracing = false)
@AutoConfigureWebTestClient(timeout = "5m")
@Import({ Chaos.class, Traffic.class })
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sample.speed=10", "fallback.ai.hedge.delay=3s", "fallback.ai.hedge.max-ratio=1",
				"fallback.ai.deadline=5m", "fallback.ai.defaults.timeout.connect=30s",
				"fallback.ai.defaults.timeout.first-content=1m", "fallback.ai.defaults.timeout.idle=1m",
				"fallback.ai.defaults.timeout.total=5m", "fallback.ai.defaults.circuit-breaker.recovery-timeout=5m",
				"fallback.ai.defaults.circuit-breaker.max-recovery-timeout=10m" })
@interface ObservedDemoTest {

}
