// SPDX-License-Identifier: Apache-2.0
/**
 * What a simulated model says, and the contract of the formats that put it into a
 * provider's wire format; nothing here opens a connection.
 */
@NullMarked
package io.github.fallbackai.test.wire;

import org.jspecify.annotations.NullMarked;
