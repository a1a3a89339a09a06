// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.disaster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.fallbackai.sample.DemoTest;

import org.springframework.test.context.TestPropertySource;

/**
 * A {@link DemoTest} in which the disaster is over soon.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DemoTest
@TestPropertySource(
		properties = { "sample.disaster.length=7500ms", "fallback.ai.overrides.premium.timeout.first-content=2s" })
public @interface ShortStoryTest {

}
