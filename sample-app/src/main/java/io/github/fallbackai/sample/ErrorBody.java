// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample;

/**
 * The answer to a refused request.
 *
 * @param error what is wrong and what would be right, in one or two sentences
 */
record ErrorBody(String error) {

}
