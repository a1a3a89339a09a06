// SPDX-License-Identifier: Apache-2.0
/**
 * Benchmarks of requests and answers.
 */
@NullUnmarked
package io.github.fallbackai.client.http;

import org.jspecify.annotations.NullUnmarked;
