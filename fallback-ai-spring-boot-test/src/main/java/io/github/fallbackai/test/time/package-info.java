// SPDX-License-Identifier: Apache-2.0
/**
 * Time that a test can move forward.
 */
@NullMarked
package io.github.fallbackai.test.time;

import org.jspecify.annotations.NullMarked;
