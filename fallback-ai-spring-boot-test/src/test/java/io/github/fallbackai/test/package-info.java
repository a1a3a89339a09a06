// SPDX-License-Identifier: Apache-2.0
/**
 * Proves the simulator with clients that know nothing of it: the JDK's HTTP client, and
 * plain sockets where bytes count.
 */
@NullMarked
package io.github.fallbackai.test;

import org.jspecify.annotations.NullMarked;
