// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.drill;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A drill that runs.
 *
 * @param drill what goes wrong, for which requests
 * @param hits how many requests it let fail
 * @param callsLeft how many it will still let fail, {@code null} if it only ends by time
 * @param remaining how long it lasts at most
 */
public record DrillStatus(Drill drill, int hits, @Nullable Integer callsLeft, Duration remaining) {

}
