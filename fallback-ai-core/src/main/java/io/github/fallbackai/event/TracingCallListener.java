// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import reactor.util.context.ContextView;

/**
 * A listener that accompanies calls from beginning to end. If there are several, only the
 * first one does.
 */
public interface TracingCallListener extends ImmediateCallListener {

	/**
	 * A call begins.
	 * @param call the call
	 * @param context the caller's context
	 * @return what accompanies the call
	 */
	CallTrace callStarted(CallInfo call, ContextView context);

}
