// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

/**
 * How a request to a {@link ProviderSimulator} ended.
 */
public enum Ending {

	/** Not yet: the response is on its way, or hangs. */
	OPEN,

	/** The whole response was sent, whatever its content. */
	COMPLETED,

	/** The simulator closed the connection before the response was complete. */
	CUT,

	/** The client closed the connection before the response was complete. */
	CANCELLED_BY_CLIENT

}
