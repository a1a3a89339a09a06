// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.test.context.TestPropertySource;

/**
 * A {@link DemoTest} in which a first provider that hangs is given up on soon. It must be
 * broken in such tests: a healthy one might be too slow. The others get all the time they
 * need.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DemoTest
@TestPropertySource(properties = { "fallback.ai.overrides.premium.timeout.first-content=10s",
		"fallback.ai.overrides.premium.timeout.idle=2s" })
public @interface ImpatientDemoTest {

}
