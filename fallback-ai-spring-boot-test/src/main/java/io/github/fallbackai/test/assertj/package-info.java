// SPDX-License-Identifier: Apache-2.0
/**
 * Assertions of AssertJ on what endpoints saw.
 */
@NullMarked
package io.github.fallbackai.test.assertj;

import org.jspecify.annotations.NullMarked;
