// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import io.github.fallbackai.endpoint.EndpointId;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;

/** What every store for several instances keeps to. */
public abstract class ClusterStateStoreContract extends BreakerStateStoreContract {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final EndpointId endpoint = newEndpoint();

	@Override
	protected abstract ClusterStateStore connect();

	@Test
	void keepsADecisionForEveryInstance() {
		OperatorDecision decision = decision(new Version(7, 1), new OperatorDecision.Disabling(null, "moving – 50 %"));
		connect().publish(decision).block(SLACK);

		assertThat(connect().loadDecision(this.endpoint).block(SLACK)).isEqualTo(decision);
	}

	@Test
	void countsADisablingDown() {
		publish(new Version(7, 1), new OperatorDecision.Disabling(MINUTE, null));
		OperatorDecision.Disabling found = connect().loadDecision(this.endpoint).block(SLACK).disabling();

		assertThat(found.reason()).isNull();
		assertThat(found.remaining()).isBetween(MINUTE.minus(SLACK), MINUTE);
	}

	@Test
	void keepsTheGreaterDecision() {
		publish(new Version(7, 2), null);
		OperatorDecision answer = publish(new Version(7, 1), new OperatorDecision.Disabling(null, null));

		assertThat(answer).isEqualTo(decision(new Version(7, 2), null));
		assertThat(connect().loadDecision(this.endpoint).block(SLACK)).isEqualTo(answer);
	}

	@Test
	void decisionsAndStatesAreUnrelated() {
		publish(new Version(7, 1), null);

		assertThat(connect().load(this.endpoint).blockOptional(SLACK)).isEmpty();
	}

	@Test
	void tellsFollowersWhatWasDecided() {
		Queue<OperatorDecision> heard = new ConcurrentLinkedQueue<>();
		Disposable following = connect().decisions()
			.filter((decision) -> decision.endpoint().equals(this.endpoint))
			.subscribe(heard::add);
		long[] counter = { 0 };
		// Until the subscription has reached the store, messages pass unheard.
		Awaitility.await().until(() -> {
			publish(new Version(7, ++counter[0]), new OperatorDecision.Disabling(null, "maintenance"));
			return !heard.isEmpty();
		});

		assertThat(heard.peek().disabling().reason()).isEqualTo("maintenance");
		following.dispose();
	}

	@Test
	void leasesToOneInstanceAndProlongsForIt() {
		Version opening = open(new Version(7, 1));
		assertThat(lease(opening, "one").held()).isTrue();
		ProbeLease denied = lease(opening, "two");
		assertThat(denied.held()).isFalse();
		assertThat(denied.remaining()).isBetween(MINUTE.minus(SLACK), MINUTE);

		assertThat(lease(opening, "one").held()).isTrue();
	}

	@Test
	void tellsAHolderWhetherOthersAskedInVain() {
		Version opening = open(new Version(7, 1));
		assertThat(lease(opening, "one").contested()).isFalse();
		assertThat(lease(opening, "one").contested()).isFalse();
		lease(opening, "two");

		assertThat(lease(opening, "one").contested()).isTrue();
		assertThat(lease(opening, "one").contested()).isFalse();
	}

	@Test
	void leasesNothingAfterAnOpeningThatIsOver() {
		Version opening = open(new Version(7, 1));
		open(new Version(7, 2));
		ProbeLease lease = lease(opening, "one");

		assertThat(lease.held()).isFalse();
		assertThat(lease.remaining()).isZero();
	}

	@Test
	void aLeaseOfAnEarlierOpeningIsWorthNothing() {
		Version first = open(new Version(7, 1));
		lease(first, "one");
		Version second = open(new Version(7, 2));

		assertThat(lease(second, "two").held()).isTrue();
	}

	@Test
	void leasesAfterAnOpeningThatTheStoreForgot() {
		assertThat(lease(new Version(7, 1), "one").held()).isTrue();
		assertThat(lease(new Version(7, 1), "two").held()).isFalse();
	}

	@Test
	void aLeaseExpires() {
		Version opening = open(new Version(7, 1));
		connect().lease(this.endpoint, opening, "one", Duration.ofMillis(50)).block(SLACK);

		Awaitility.await().until(() -> lease(opening, "two").held());
	}

	@Test
	void oneOfManyGetsTheLease() {
		Version opening = open(new Version(7, 1));
		List<ClusterStateStore> stores = IntStream.range(0, 20).mapToObj((i) -> connect()).toList();
		long held = IntStream.range(0, 20)
			.parallel()
			.mapToObj((i) -> stores.get(i).lease(this.endpoint, opening, "instance-" + i, MINUTE).block(SLACK))
			.filter(ProbeLease::held)
			.count();

		assertThat(held).isEqualTo(1);
	}

	@Test
	void countsInstancesNotVotes() {
		assertThat(vote("one", MINUTE)).isEqualTo(1);
		assertThat(vote("one", MINUTE)).isEqualTo(1);

		assertThat(vote("two", MINUTE)).isEqualTo(2);
	}

	@Test
	void aVoteTakenBackDoesNotCount() {
		vote("one", MINUTE);
		connect().withdraw(this.endpoint, "one").block(SLACK);

		assertThat(vote("two", MINUTE)).isEqualTo(1);
	}

	@Test
	void aVoteExpires() {
		vote("one", Duration.ofMillis(50));

		Awaitility.await().until(() -> vote("two", MINUTE) == 1);
	}

	@Test
	void answersAPing() {
		assertThat(connect().ping().then().blockOptional(SLACK)).isEmpty();
		assertThat(connect().reachable()).isTrue();
	}

	private OperatorDecision publish(Version version, OperatorDecision.@Nullable Disabling disabling) {
		return connect().publish(decision(version, disabling)).block(SLACK);
	}

	private OperatorDecision decision(Version version, OperatorDecision.@Nullable Disabling disabling) {
		return new OperatorDecision(this.endpoint, version, disabling, 3, 5, "pod 7");
	}

	private Version open(Version version) {
		BreakerVerdict verdict = new BreakerVerdict(true, 1, Duration.ZERO);
		connect().publish(new EndpointState(this.endpoint, version, verdict, null)).block(SLACK);
		return version;
	}

	private ProbeLease lease(Version opening, String holder) {
		return connect().lease(this.endpoint, opening, holder, MINUTE).block(SLACK);
	}

	private int vote(String voter, Duration validity) {
		return connect().vote(this.endpoint, voter, validity).block(SLACK);
	}

}
