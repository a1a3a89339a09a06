// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps the spending at endpoints below their spend limits. Internal: public only for the
 * template and for what assembles it.
 */
@NullMarked
package io.github.fallbackai.budget;

import org.jspecify.annotations.NullMarked;
