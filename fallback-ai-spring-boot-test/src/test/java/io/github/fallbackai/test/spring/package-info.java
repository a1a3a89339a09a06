// SPDX-License-Identifier: Apache-2.0
/**
 * Proves that application contexts of tests find the simulators.
 */
@NullMarked
package io.github.fallbackai.test.spring;

import org.jspecify.annotations.NullMarked;
