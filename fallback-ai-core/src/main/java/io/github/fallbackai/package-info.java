// SPDX-License-Identifier: Apache-2.0
/**
 * What applications call: the fallback template, its operations and its builder.
 */
@NullMarked
package io.github.fallbackai;

import org.jspecify.annotations.NullMarked;
