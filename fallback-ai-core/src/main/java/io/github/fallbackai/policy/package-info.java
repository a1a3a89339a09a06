// SPDX-License-Identifier: Apache-2.0
/**
 * How calls are carried out: the settings that users write. Plain immutable values.
 */
@NullMarked
package io.github.fallbackai.policy;

import org.jspecify.annotations.NullMarked;
