// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.provider;

import org.jspecify.annotations.Nullable;

/**
 * How a simulated provider is to behave from now on.
 *
 * @param mode id of a {@link ChaosMode}
 */
record ModeChange(@Nullable String mode) {

}
