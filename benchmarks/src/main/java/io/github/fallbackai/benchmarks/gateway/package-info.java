// SPDX-License-Identifier: Apache-2.0
/**
 * Measures what the gateway costs, from the client's side of the connection.
 */
@NullMarked
package io.github.fallbackai.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
