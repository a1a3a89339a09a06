// SPDX-License-Identifier: Apache-2.0
/**
 * Holds {@code docs/observability} to what the chatbot really exposes.
 */
@NullMarked
package io.github.fallbackai.sample.observability;

import org.jspecify.annotations.NullMarked;
