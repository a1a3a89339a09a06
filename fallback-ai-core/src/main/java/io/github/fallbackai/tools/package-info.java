// SPDX-License-Identifier: Apache-2.0
/**
 * Runs the tools that a model calls, each call once, until the model answers.
 */
@NullMarked
package io.github.fallbackai.tools;

import org.jspecify.annotations.NullMarked;
