// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

/**
 * What a provider says with status 400 to a conversation that is against its rules.
 *
 * @param words the words for humans
 * @param body the response body
 */
public record Refusal(String words, String body) {
}
