// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.batch;

/**
 * How far a batch is.
 *
 * @param succeeded the items with an answer
 * @param failed the items without one
 */
public record BatchProgress(long succeeded, long failed) {

	/** The items that are done. */
	public long done() {
		return this.succeeded + this.failed;
	}

}
