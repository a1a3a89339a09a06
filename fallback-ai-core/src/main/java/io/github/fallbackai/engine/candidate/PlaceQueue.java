// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.engine.candidate;

import java.util.LinkedHashSet;
import java.util.Set;

import io.github.fallbackai.breaker.EndpointGate;
import io.github.fallbackai.chat.Load;
import io.github.fallbackai.failure.SkipReason;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for a place at one endpoint, interactive calls before batch calls.
 * Safe for use by several threads.
 */
final class PlaceQueue {

	private final Set<Runnable> interactive = new LinkedHashSet<>();

	private final Set<Runnable> batch = new LinkedHashSet<>();

	private volatile boolean empty = true;

	/**
	 * A call joins at the end.
	 * @param call called, at most once, when there may be a place
	 */
	synchronized void join(Runnable call, Load load) {
		line(load).add(call);
		this.empty = false;
	}

	synchronized void leave(Runnable call, Load load) {
		line(load).remove(call);
		this.empty = this.interactive.isEmpty() && this.batch.isEmpty();
	}

	/**
	 * Wakes the next call, unless there still is no place. That call looks for itself and
	 * then wakes the next one, so that no place stays free while a call waits, and no
	 * call waits for a place at an endpoint that is shut for another reason.
	 */
	void callNext(EndpointGate gate) {
		Runnable next = this.empty ? null : next(gate);
		if (next != null) {
			next.run();
		}
	}

	private synchronized @Nullable Runnable next(EndpointGate gate) {
		Load load = this.interactive.isEmpty() ? Load.BATCH : Load.INTERACTIVE;
		if (line(load).isEmpty() || full(gate, load)) {
			return null;
		}
		Runnable next = line(load).iterator().next();
		leave(next, load);
		return next;
	}

	/** Whether the end of another call, or of a probe, is all that helps. */
	static boolean full(EndpointGate gate, Load load) {
		SkipReason reason = gate.check(load).skipReason();
		return reason == SkipReason.CONCURRENCY_LIMIT || reason == SkipReason.PROBE_IN_PROGRESS;
	}

	private Set<Runnable> line(Load load) {
		return (load == Load.BATCH) ? this.batch : this.interactive;
	}

}
