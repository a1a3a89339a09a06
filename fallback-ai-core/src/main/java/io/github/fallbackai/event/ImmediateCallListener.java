// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

/**
 * A listener that misses no event. It is called on the thread of the event, often an
 * event loop, before the call goes on. It must not block and has to expect several
 * threads. Its exceptions are logged and do not affect the call.
 */
@FunctionalInterface
public interface ImmediateCallListener extends CallListener {

}
