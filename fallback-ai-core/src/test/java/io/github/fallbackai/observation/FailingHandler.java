// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;

/**
 * Counts the observations that it heard of and that have not ended, and fails on demand.
 *
 * @param open the number
 * @param when the event at which it throws, or another word
 */
record FailingHandler(AtomicInteger open, String when) implements ObservationHandler<Observation.Context> {

	@Override
	public void onStart(Observation.Context context) {
		this.open.incrementAndGet();
		fail("start");
	}

	@Override
	public void onError(Observation.Context context) {
		fail("error");
	}

	@Override
	public void onStop(Observation.Context context) {
		this.open.decrementAndGet();
		fail("stop");
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return true;
	}

	private void fail(String event) {
		if (event.equals(this.when)) {
			throw new IllegalStateException("broken handler");
		}
	}

}
