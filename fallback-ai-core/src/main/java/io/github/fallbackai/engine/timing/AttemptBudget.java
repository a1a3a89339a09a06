// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.timing;

/**
 * How much time one attempt gets: the endpoint's own limits, cut down to what the call
 * can still afford.
 *
 * @param firstContent until the first content
 * @param inOnePiece until the end of an answer that comes in one piece although a stream
 * was asked for; also the longest silence while the provider works
 * @param idle between two pieces of content
 * @param total for the whole attempt
 * @param working for the whole attempt while the provider works without a word; work that
 * begins late may take as long as a silence
 * @param withoutProgress what the call can spend without progress
 */
public record AttemptBudget(Limit firstContent, Limit inOnePiece, Limit idle, Limit total, Limit working,
		long withoutProgress) {

}
