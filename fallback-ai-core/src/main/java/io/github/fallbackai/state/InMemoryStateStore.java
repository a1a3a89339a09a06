// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

import io.github.fallbackai.endpoint.EndpointId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/**
 * Keeps states and spending in the memory of this process. They are lost with this
 * object. Holds one state per endpoint. Never fails.
 */
public final class InMemoryStateStore implements BreakerStateStore, SpendStore {

	private final ConcurrentMap<EndpointId, Entry> entries = new ConcurrentHashMap<>();

	private final Set<FluxSink<EndpointState>> followers = ConcurrentHashMap.newKeySet();

	private final SpendTotals spending = new SpendTotals();

	private final LongSupplier nanoClock;

	/** A store that measures time with {@link System#nanoTime()}. */
	public InMemoryStateStore() {
		this(System::nanoTime);
	}

	/**
	 * A store with a clock of your own.
	 * @param nanoClock monotonic time in nanoseconds from any origin
	 */
	public InMemoryStateStore(LongSupplier nanoClock) {
		this.nanoClock = nanoClock;
	}

	@Override
	public Mono<EndpointState> load(EndpointId endpoint) {
		return Mono.fromSupplier(() -> {
			Entry entry = this.entries.get(endpoint);
			return (entry != null) ? entry.at(this.nanoClock.getAsLong()) : null;
		});
	}

	@Override
	public Mono<EndpointState> publish(EndpointState state) {
		return Mono.fromSupplier(() -> {
			long now = this.nanoClock.getAsLong();
			Entry offered = new Entry(state, now);
			Entry held = this.entries.merge(state.endpoint(), offered, Entry::later);
			if (held == offered) {
				this.followers.forEach((follower) -> follower.next(state));
			}
			return held.at(now);
		});
	}

	@Override
	public Mono<Long> report(SpendReport report) {
		return Mono.fromSupplier(() -> this.spending.report(report));
	}

	@Override
	public String type() {
		return "memory";
	}

	@Override
	public Flux<EndpointState> changes() {
		return Flux.create((follower) -> {
			this.followers.add(follower);
			follower.onDispose(() -> this.followers.remove(follower));
		});
	}

	/**
	 * A state and when it was handed over. Not a record, because two equal offers must be
	 * distinguished.
	 */
	private static final class Entry {

		private final EndpointState state;

		private final long since;

		Entry(EndpointState state, long since) {
			this.state = state;
			this.since = since;
		}

		Entry later(Entry other) {
			return (other.state.version().compareTo(this.state.version()) > 0) ? other : this;
		}

		EndpointState at(long now) {
			BreakerVerdict breaker = this.state.breaker();
			return new EndpointState(this.state.endpoint(), this.state.version(),
					new BreakerVerdict(breaker.open(), breaker.openings(), remaining(breaker.remaining(), now)),
					coolDown(now), this.state.origin());
		}

		private @Nullable CoolDown coolDown(long now) {
			CoolDown coolDown = this.state.coolDown();
			if (coolDown == null) {
				return null;
			}
			Duration remaining = remaining(coolDown.remaining(), now);
			return remaining.isZero() ? null : new CoolDown(coolDown.cause(), remaining);
		}

		private Duration remaining(Duration atFirst, long now) {
			Duration left = atFirst.minusNanos(now - this.since);
			return left.isNegative() ? Duration.ZERO : left;
		}

	}

}
