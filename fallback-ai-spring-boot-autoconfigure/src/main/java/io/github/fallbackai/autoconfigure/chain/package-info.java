// SPDX-License-Identifier: Apache-2.0
/**
 * Makes chains, and the settings of their calls, from the layers that configure them.
 * Internal: public for the packages beside it only.
 */
@NullMarked
package io.github.fallbackai.autoconfigure.chain;

import org.jspecify.annotations.NullMarked;
