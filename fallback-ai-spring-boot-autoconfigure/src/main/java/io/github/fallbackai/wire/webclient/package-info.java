// SPDX-License-Identifier: Apache-2.0
/**
 * A wire on Spring's WebClient, over the connections of the Netty wire.
 */
@NullMarked
package io.github.fallbackai.wire.webclient;

import org.jspecify.annotations.NullMarked;
