// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.time.Duration;

/**
 * How many texts an owner may have.
 *
 * @param most most texts
 * @param mostBytes most bytes of all texts together
 * @param time how long a text is kept
 */
public record DocumentLimits(int most, long mostBytes, Duration time) {

}
