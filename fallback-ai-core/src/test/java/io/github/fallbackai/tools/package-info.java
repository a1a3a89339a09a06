// SPDX-License-Identifier: Apache-2.0
/**
 * Tools that the library runs.
 */
@NullMarked
package io.github.fallbackai.tools;

import org.jspecify.annotations.NullMarked;
