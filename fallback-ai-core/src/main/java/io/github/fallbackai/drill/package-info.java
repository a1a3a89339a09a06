// SPDX-License-Identifier: Apache-2.0
/**
 * Lets operators rehearse a failure of an endpoint in this instance.
 */
@NullMarked
package io.github.fallbackai.drill;

import org.jspecify.annotations.NullMarked;
