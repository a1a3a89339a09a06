// SPDX-License-Identifier: Apache-2.0
/**
 * The providers behind the conversation: their state, and how the demo breaks them.
 */
@NullMarked
package io.github.fallbackai.sample.provider;

import org.jspecify.annotations.NullMarked;
