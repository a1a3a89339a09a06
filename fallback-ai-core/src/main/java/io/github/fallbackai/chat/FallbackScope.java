// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

/**
 * Which endpoints may answer in place of a chain's first one. The scope always refers to
 * the first endpoint of the list, even if it is not available. So a caller that forbids
 * other models never gets one silently because the first endpoint is down.
 */
public enum FallbackScope {

	/** Every endpoint of the chain. */
	ANY_MODEL,

	/** Only endpoints of the same model group, for answers that must be reproducible. */
	SAME_MODEL,

	/** None: the first endpoint answers or the call fails. */
	NONE

}
