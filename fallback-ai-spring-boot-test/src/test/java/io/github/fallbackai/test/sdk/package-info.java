// SPDX-License-Identifier: Apache-2.0
/**
 * The providers' own SDKs against the simulator.
 */
@NullMarked
package io.github.fallbackai.test.sdk;

import org.jspecify.annotations.NullMarked;
