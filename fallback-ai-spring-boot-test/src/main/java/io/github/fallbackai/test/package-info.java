// SPDX-License-Identifier: Apache-2.0
/**
 * A simulator of LLM providers: an HTTP server on a free loopback port that speaks their
 * wire formats and fails on a script, so that an application can test what it does when
 * its providers fail.
 *
 * <p>
 * In a JUnit test of a Spring Boot application with an endpoint named {@code primary} in
 * its {@code fallback.ai.endpoints}, whose URL then leads to the simulator:
 *
 * <pre class="code">
 * &#64;SpringBootTest
 * class FailoverTests {
 *
 *     &#64;RegisterExtension
 *     static ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");
 *
 *     &#64;Test
 *     void survivesARateLimit() {
 *         primary.next(Outcome.status(429).withHeader("Retry-After", "3"));
 *         ...
 *         assertThat(primary.requestCount()).isEqualTo(1);
 *     }
 *
 * }
 * </pre>
 *
 * Anywhere else:
 *
 * <pre class="code">
 * try (ProviderSimulator simulator = ProviderSimulator.forEndpoint("primary")) {
 *     simulator.always(Outcome.healthy().tokensEvery(Duration.ofMillis(20)).cutAfterTokens(7));
 *     contextRunner.withPropertyValues(simulator.properties()).run(...);
 * }
 * </pre>
 */
@NullMarked
package io.github.fallbackai.test;

import org.jspecify.annotations.NullMarked;
