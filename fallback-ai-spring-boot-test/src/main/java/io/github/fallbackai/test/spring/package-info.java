// SPDX-License-Identifier: Apache-2.0
/**
 * Connects the endpoints of a Spring test's application context to the simulators of the
 * test class.
 */
@NullMarked
package io.github.fallbackai.test.spring;

import org.jspecify.annotations.NullMarked;
