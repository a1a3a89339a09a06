// SPDX-License-Identifier: Apache-2.0
/**
 * Finds and explains errors in a configuration. Checks name the wrong property, and
 * failure analyses say where it is set and what to do. Internal but for
 * {@link InvalidFallbackConfigurationException}: public for the packages beside it only.
 */
@NullMarked
package io.github.fallbackai.autoconfigure.diagnosis;

import org.jspecify.annotations.NullMarked;
