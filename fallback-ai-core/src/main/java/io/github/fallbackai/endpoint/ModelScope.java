// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

/**
 * Which models may take part in something.
 */
public enum ModelScope {

	/** Any model. */
	ANY_MODEL,

	/** Only endpoints of the same model group. */
	SAME_MODEL

}
