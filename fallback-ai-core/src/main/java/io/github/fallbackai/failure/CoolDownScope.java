// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.failure;

/**
 * What cools down after a failure that says "not now" instead of "I am broken".
 */
public enum CoolDownScope {

	/** Nothing. */
	NONE,

	/** The endpoint alone. */
	ENDPOINT,

	/** Every endpoint that uses the same account at the same provider. */
	ACCOUNT

}
