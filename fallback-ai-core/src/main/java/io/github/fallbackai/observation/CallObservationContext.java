// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import io.github.fallbackai.event.CallInfo;
import io.github.fallbackai.event.FailoverEvent;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an observed call. Holds neither prompt nor answer.
 */
public class CallObservationContext extends Observation.Context {

	private final CallInfo call;

	private volatile FailoverEvent.@Nullable CallEnded end;

	/**
	 * Creates the context of a call that begins.
	 * @param call the call
	 */
	public CallObservationContext(CallInfo call) {
		this.call = call;
	}

	/** The call. */
	public CallInfo getCall() {
		return this.call;
	}

	/** How the call ended, {@code null} while it runs. */
	public FailoverEvent.@Nullable CallEnded getEnd() {
		return this.end;
	}

	void setEnd(FailoverEvent.CallEnded end) {
		this.end = end;
	}

}
