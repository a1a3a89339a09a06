// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Puts a {@link io.github.fallbackai.test.ProviderSimulator} in the place of each
 * endpoint that a Spring Boot test names. Everything else of these endpoints is as the
 * application configures it, but for their keys, which are replaced by made-up ones. All
 * other endpoints that are not on this machine are off.
 *
 * <pre class="code">
 * &#64;SpringBootTest
 * &#64;SimulatedEndpoints({ "primary", "backup" })
 * class ChatServiceTests {
 *
 *     &#64;Test
 *     void answersAlthoughThePrimaryIsDown(&#64;Autowired ChatService chat, ProviderSimulator primary) {
 *         primary.always(Outcome.status(503));
 *         ...
 *     }
 *
 * }
 * </pre>
 *
 * A parameter of a test method gets the simulator of the endpoint whose name it has, or
 * that {@link Simulator} names. Before each test method, all simulators are
 * {@linkplain io.github.fallbackai.test.ProviderSimulator#reset() reset}; the
 * application's breakers are closed, its cool-downs ended, and decisions about endpoints
 * taken back.
 *
 * <p>
 * Simulators live as long as the application context. Test classes with the same
 * simulated endpoints share both, so that such classes do not run at the same time in
 * parallel.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(SimulatorParameters.class)
@ResourceLock("io.github.fallbackai.test.simulators")
public @interface SimulatedEndpoints {

	/**
	 * The names of the endpoints; all of {@code fallback.ai.endpoints} unless set, except
	 * those that are models of Spring AI.
	 */
	String[] value() default {};

	/**
	 * Whether a test can move the time of the application's calls, breakers, cool-downs
	 * and budgets, and of the simulators' pauses. A parameter or an {@code @Autowired}
	 * field of type {@link io.github.fallbackai.test.time.VirtualTime} then gets it.
	 */
	boolean virtualTime() default false;

}
