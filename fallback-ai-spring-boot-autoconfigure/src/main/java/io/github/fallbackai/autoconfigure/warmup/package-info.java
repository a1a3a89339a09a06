// SPDX-License-Identifier: Apache-2.0
/**
 * Runs the code of a call once while the application starts, so that the first call of a
 * user does not wait for classes to be loaded. Internal: public only for the
 * auto-configuration.
 */
@NullMarked
package io.github.fallbackai.autoconfigure.warmup;

import org.jspecify.annotations.NullMarked;
