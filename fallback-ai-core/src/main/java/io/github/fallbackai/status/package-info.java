// SPDX-License-Identifier: Apache-2.0
/**
 * Values that describe the present state of endpoints and chains.
 */
@NullMarked
package io.github.fallbackai.status;

import org.jspecify.annotations.NullMarked;
