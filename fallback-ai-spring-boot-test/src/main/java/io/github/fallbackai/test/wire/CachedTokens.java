// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

/**
 * What a prompt cache did for a request.
 *
 * @param input the tokens of the whole prompt
 * @param read how many of them were in the cache
 * @param written how many of them were written to it, where that is told
 */
public record CachedTokens(int input, int read, int written) {

}
