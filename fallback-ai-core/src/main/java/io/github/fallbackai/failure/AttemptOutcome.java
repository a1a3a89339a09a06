// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

/**
 * How an attempt ended.
 */
public enum AttemptOutcome {

	/** With a complete answer. */
	SUCCEEDED,

	/** With a failure, whose kind the attempt names. */
	FAILED,

	/** The caller went away. */
	CANCELLED,

	/** Another endpoint that was asked at the same time answered first. */
	OVERTAKEN

}
