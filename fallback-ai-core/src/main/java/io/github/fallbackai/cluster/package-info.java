// SPDX-License-Identifier: Apache-2.0
/**
 * Agreement of instances about endpoints: verdicts, votes, the right to probe, operators'
 * decisions. Knows the state store's SPI and, of a gate, only {@link LocalGate}.
 * Internal, except for {@link ClusterSettings} and {@link StateStoreActivity}.
 */
@NullMarked
package io.github.fallbackai.cluster;

import org.jspecify.annotations.NullMarked;
