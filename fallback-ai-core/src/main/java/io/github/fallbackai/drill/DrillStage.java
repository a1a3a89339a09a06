// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.drill;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

import io.github.fallbackai.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The place of one endpoint's drill, at most one at a time. Safe for use by several
 * threads.
 */
final class DrillStage {

	private final AtomicReference<@Nullable RunningDrill> running = new AtomicReference<>();

	private final Endpoint endpoint;

	private final LongSupplier clock;

	private final BiConsumer<RunningDrill, DrillEnd> ended;

	/**
	 * An empty stage.
	 * @param endpoint the endpoint
	 * @param clock monotonic nanoseconds
	 * @param ended is told of the end of a drill
	 */
	DrillStage(Endpoint endpoint, LongSupplier clock, BiConsumer<RunningDrill, DrillEnd> ended) {
		this.endpoint = endpoint;
		this.clock = clock;
		this.ended = ended;
	}

	Endpoint endpoint() {
		return this.endpoint;
	}

	long now() {
		return this.clock.getAsLong();
	}

	@Nullable RunningDrill running() {
		return this.running.get();
	}

	/** Begins a drill on the empty stage; returns whether it was empty. */
	boolean begin(RunningDrill drill) {
		return this.running.compareAndSet(null, drill);
	}

	/** Ends the drill if it still runs; returns whether it did. */
	boolean end(RunningDrill drill, DrillEnd why) {
		if (!this.running.compareAndSet(drill, null)) {
			return false;
		}
		this.ended.accept(drill, why);
		drill.end();
		return true;
	}

	/** A request that the drill let fail is over. */
	void released(RunningDrill drill) {
		if (drill.released()) {
			end(drill, DrillEnd.CALLS);
		}
	}

}
