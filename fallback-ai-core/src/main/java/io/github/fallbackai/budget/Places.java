// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.endpoint.Nanos;
import io.github.fallbackai.state.HeldPlaces;
import io.github.fallbackai.state.SpendStore;
import reactor.core.publisher.Mono;

/**
 * A number of places that calls take and give back. Instances that share it know about a
 * second later how many places the others have taken. Safe for use by several threads.
 */
public final class Places implements Shared {

	/** A report is repeated once a second while places are taken. */
	private static final Duration LASTING = Duration.ofSeconds(5);

	private final EndpointId subject;

	private final int most;

	private final LongSupplier nanoClock;

	/** Taken by calls of this instance. */
	private int here;

	/** What the others know of it. */
	private int reported;

	/** Taken at other instances, until a moment. */
	private long elsewhere;

	private long elsewhereUntil;

	/** Whether a call got no place because of the others. */
	private boolean wanted;

	/**
	 * Places that are all free.
	 * @param subject what they belong to; instances that share have the same one
	 * @param most how many there are
	 * @param nanoClock monotonic time in nanoseconds
	 */
	public Places(EndpointId subject, int most, LongSupplier nanoClock) {
		this.subject = subject;
		this.most = most;
		this.nanoClock = nanoClock;
	}

	/**
	 * Takes a place.
	 * @return whether there was one
	 */
	public synchronized boolean tryTake() {
		if (this.here >= this.most) {
			return false;
		}
		if (this.here + elsewhere() >= this.most) {
			this.wanted = true;
			return false;
		}
		this.here++;
		return true;
	}

	/** Without news from the store, an instance counts alone. */
	private long elsewhere() {
		return (this.elsewhere > 0 && this.nanoClock.getAsLong() - this.elsewhereUntil < 0) ? this.elsewhere : 0;
	}

	/** Gives a place back. */
	public synchronized void free() {
		this.here--;
	}

	@Override
	public synchronized boolean unreported() {
		return this.here > 0 || this.reported > 0 || this.wanted || elsewhere() > 0;
	}

	@Override
	public Mono<Void> exchange(SpendStore store, String contributor) {
		return Mono.defer(() -> {
			HeldPlaces held = report(contributor);
			return store.hold(held).doOnNext((total) -> answered(held, total));
		}).then();
	}

	private synchronized HeldPlaces report(String contributor) {
		return new HeldPlaces(this.subject, contributor, this.here, LASTING);
	}

	private synchronized void answered(HeldPlaces held, long total) {
		this.wanted = false;
		this.reported = held.places();
		this.elsewhere = total - held.places();
		this.elsewhereUntil = this.nanoClock.getAsLong() + Nanos.of(LASTING);
	}

}
