// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

/**
 * A reply together with how it is sent.
 *
 * @param reply what is sent
 * @param pace how fast
 * @param slicing in which pieces
 */
record Performance(Reply reply, Pace pace, Slicing slicing) {
}
