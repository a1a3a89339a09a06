// SPDX-License-Identifier: Apache-2.0
/**
 * Configurations in the files and variables that users write, each read by a real start.
 */
@NullMarked
package io.github.fallbackai.autoconfigure.start;

import org.jspecify.annotations.NullMarked;
