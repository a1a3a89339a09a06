// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import org.jspecify.annotations.Nullable;

/**
 * Identifies the call that an event belongs to.
 *
 * @param id identifies the call in logs and events of this process
 * @param chain name of the chain
 * @param useCase what the caller uses the answer for, {@code null} if it did not say
 */
public record CallInfo(String id, String chain, @Nullable String useCase) {

}
