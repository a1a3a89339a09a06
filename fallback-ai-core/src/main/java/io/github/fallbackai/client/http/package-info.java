// SPDX-License-Identifier: Apache-2.0
/**
 * Endpoint clients that speak HTTP: a provider's dialect over a wire.
 */
@NullMarked
package io.github.fallbackai.client.http;

import org.jspecify.annotations.NullMarked;
