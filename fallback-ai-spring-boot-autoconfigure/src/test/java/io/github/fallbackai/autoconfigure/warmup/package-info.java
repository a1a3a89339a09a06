// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the warm-up.
 */
package io.github.fallbackai.autoconfigure.warmup;
