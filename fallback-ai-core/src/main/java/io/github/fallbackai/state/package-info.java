// SPDX-License-Identifier: Apache-2.0
/**
 * SPI: state of endpoints that is kept longer than a call, an instance or a process.
 */
@NullMarked
package io.github.fallbackai.state;

import org.jspecify.annotations.NullMarked;
