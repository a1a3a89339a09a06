// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.time.Duration;

import io.github.fallbackai.failure.Need;

/**
 * A need that an endpoint said lately it cannot meet.
 *
 * @param need what
 * @param remaining for how long that is remembered
 */
public record UnmetNeed(Need need, Duration remaining) {

}
