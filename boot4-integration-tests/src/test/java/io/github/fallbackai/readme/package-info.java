// SPDX-License-Identifier: Apache-2.0
/**
 * What the README shows, done as a newcomer does it.
 */
@NullMarked
package io.github.fallbackai.readme;

import org.jspecify.annotations.NullMarked;
