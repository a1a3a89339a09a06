// SPDX-License-Identifier: Apache-2.0
/**
 * Benchmarks of what reads bytes.
 */
@NullUnmarked
package io.github.fallbackai.client.http.netty;

import org.jspecify.annotations.NullUnmarked;
