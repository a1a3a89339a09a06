// SPDX-License-Identifier: Apache-2.0
/**
 * Turns configuration properties into a working template and its beans.
 */
@NullMarked
package io.github.fallbackai.autoconfigure;

import org.jspecify.annotations.NullMarked;
