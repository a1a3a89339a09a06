// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

/**
 * What an operator may decide about an endpoint.
 */
public enum ControlAction {

	/** Calls skip it. */
	DISABLE,

	/** It is in use, and in its configured place. */
	ENABLE,

	/** Its circuit breaker closes and its cool-downs end. */
	RESET,

	/** It comes first in its chains. */
	PREFER,

	/** Its credentials are looked up again. */
	RELOAD_CREDENTIALS

}
