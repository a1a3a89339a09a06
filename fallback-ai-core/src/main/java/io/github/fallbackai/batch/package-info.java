// SPDX-License-Identifier: Apache-2.0
/**
 * Values of batches: many requests, of which some run at a time.
 */
@NullMarked
package io.github.fallbackai.batch;

import org.jspecify.annotations.NullMarked;
