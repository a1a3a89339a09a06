// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

/**
 * Gets an event for everything that happens during calls and to endpoints, in order, on a
 * thread of its own, so that no call waits for it. If it is too slow, it misses events,
 * and these are counted. Its exceptions are logged.
 *
 * @see ImmediateCallListener
 */
@FunctionalInterface
public interface CallListener {

	/**
	 * Something happened.
	 * @param event what happened
	 */
	void onEvent(FailoverEvent event);

}
