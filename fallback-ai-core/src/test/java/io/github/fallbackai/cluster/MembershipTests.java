// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.CoolDown;
import io.github.fallbackai.state.InMemoryCluster;
import io.github.fallbackai.state.InMemoryStateStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/** The cluster with gates that only write down what they are asked to do. */
class MembershipTests {

	private static final EndpointId ENDPOINT = new EndpointId("primary", "1234");

	private final AtomicLong clock = new AtomicLong();

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final RecordingGate here = new RecordingGate();

	private final RecordingGate there = new RecordingGate();

	@Test
	void anInstanceWithoutOthersProbesAndDecidesForItself() {
		Membership member = join(alone(new InMemoryStateStore(this.clock::get)), this.here);
		open(member, this.here);

		assertThat(member.mayProbe(this.clock.get())).isTrue();
		assertThat(member.decisions().disable(null, "maintenance").block()).isFalse();
		assertThat(member.decisions().disablingAt(this.clock.get()).reason()).isEqualTo("maintenance");
	}

	@Test
	void itsStoreKeepsItsStateForTheNextStart() {
		InMemoryStateStore store = new InMemoryStateStore(this.clock::get);
		open(join(alone(store), this.here), this.here);
		join(alone(store), this.there);

		assertThat(this.there.done).containsExactly("open for PT30S because of null");
	}

	@Test
	void anInstanceWithOthersTellsThemAndLeavesTheProbeToOne() {
		InMemoryCluster store = new InMemoryCluster(this.clock::get);
		Membership member = join(sharing(store, "here"), this.here);
		Membership other = join(sharing(store, "there"), this.there);
		open(member, this.here);

		assertThat(this.there.done).containsExactly("open for PT30S because of here");
		this.clock.addAndGet(Duration.ofSeconds(30).toNanos());
		this.scheduler.advanceTimeBy(Duration.ofSeconds(30));
		assertThat(member.mayProbe(this.clock.get())).isTrue();
		assertThat(other.mayProbe(this.clock.get())).isFalse();
	}

	@Test
	void aResetReachesTheOthersGatesAndTheirOperators() {
		InMemoryCluster store = new InMemoryCluster(this.clock::get);
		Membership member = join(sharing(store, "here"), this.here);
		join(sharing(store, "there"), this.there);

		assertThat(member.decisions().reset().block()).isTrue();
		assertThat(this.here.done).containsExactly("reset", "account reset");
		assertThat(this.there.done).containsExactly("RESET by here", "reset", "account reset");
	}

	private void open(Membership member, RecordingGate gate) {
		gate.open = true;
		member.opened();
	}

	private static Membership join(Cluster cluster, LocalGate gate) {
		Membership member = cluster.join(ENDPOINT, gate);
		cluster.start();
		return member;
	}

	private Cluster alone(InMemoryStateStore store) {
		return Cluster.alone(store, this.clock::get, this.scheduler);
	}

	private Cluster sharing(InMemoryCluster store, String name) {
		return Cluster.sharing(store, new ClusterSettings(name, 1, Duration.ofMinutes(1)), this.clock::get,
				this.scheduler, () -> 0);
	}

	private static final class RecordingGate implements LocalGate {

		private final List<String> done = new ArrayList<>();

		private boolean open;

		@Override
		public boolean open() {
			return this.open;
		}

		@Override
		public boolean probing() {
			return false;
		}

		@Override
		public BreakerVerdict verdict(long now) {
			return this.open ? new BreakerVerdict(true, 1, Duration.ofSeconds(30)) : BreakerVerdict.CLOSED;
		}

		@Override
		public void followOpening(BreakerVerdict verdict, @Nullable String origin) {
			if (!this.open) {
				this.open = true;
				this.done.add("open for " + verdict.remaining() + " because of " + origin);
			}
		}

		@Override
		public void followClosing(@Nullable String origin) {
			this.open = false;
			this.done.add("closed because of " + origin);
		}

		@Override
		public @Nullable CoolDown coolDown(long now) {
			return null;
		}

		@Override
		public boolean coolsDown(FailureKind cause, long until, long now) {
			return false;
		}

		@Override
		public void followCoolDown(CoolDown coolDown, long now, @Nullable String origin) {
			this.done.add("cool down");
		}

		@Override
		public void endCoolDown(FailureKind cause, long until) {
			this.done.add("cool-down ended");
		}

		@Override
		public void reset() {
			this.done.add("reset");
		}

		@Override
		public void tellAccountReset() {
			this.done.add("account reset");
		}

		@Override
		public void decidedElsewhere(DecisionNews news) {
			this.done.add(news.kind() + " by " + news.origin());
		}

	}

}
