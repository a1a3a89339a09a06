// SPDX-License-Identifier: Apache-2.0
/**
 * Conversations in which models think and call tools, while their providers fail.
 */
@NullMarked
package io.github.fallbackai.agents;

import org.jspecify.annotations.NullMarked;
