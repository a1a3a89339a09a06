// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.ProbeLease;
import io.github.fallbackai.state.Version;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the right to probe begins, is prolonged and ends, to the millisecond.
 */
class LeasedProbeRightTests {

	private static final Version OPENING = new Version(7, 1);

	private static final Duration LEASE = LeasedProbeRight.LEASE;

	private static final Duration HALF = LEASE.dividedBy(2);

	private static final Duration MILLI = Duration.ofMillis(1);

	private static final Duration SECOND = Duration.ofSeconds(1);

	/** Overflows in the middle of a test. */
	private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - HALF.toNanos());

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final Store store = new Store();

	private final Mailbox mailbox = new Mailbox();

	private final LeasedProbeRight right = new LeasedProbeRight(new EndpointId("primary", "1234"), this.store,
			this.mailbox, new ClusterTime(this.clock::get, this.scheduler), () -> this.probing, () -> this.lookedUp++);

	private boolean probing;

	private int lookedUp;

	@Test
	void isNotNeededBeforeTheBreakerIsOpenForAll() {
		this.right.wanted(now());

		assertThat(this.right.permits(now())).isTrue();
		assertThat(this.right.lapsed(now())).isFalse();
		assertThat(this.store.questions).isEmpty();
	}

	@Test
	void isAskedForAtTheEndOfAnOpeningThatACallWants() {
		required(OPENING, now() + Duration.ofSeconds(30).toNanos(), true);
		assertThat(this.right.permits(now())).isFalse();
		pass(Duration.ofSeconds(30).minus(MILLI));
		assertThat(this.store.questions).isEmpty();
		pass(MILLI);

		assertThat(this.store.questions).containsExactly(OPENING);
		assertThat(this.right.permits(now())).isTrue();
		assertThat(this.right.lapsed(now())).isFalse();
	}

	@Test
	void isNotAskedForWhileNoCallWantsTheEndpoint() {
		required(OPENING, now() + Duration.ofSeconds(30).toNanos(), false);
		pass(Duration.ofMinutes(1));
		assertThat(this.store.questions).isEmpty();
		this.right.wanted(now());

		assertThat(this.store.questions).hasSize(1);
	}

	@Test
	void isAskedForAtTheEndIfACallWantedTheEndpointBefore() {
		required(OPENING, now() + Duration.ofSeconds(30).toNanos(), false);
		this.right.wanted(now());
		assertThat(this.store.questions).isEmpty();
		pass(Duration.ofSeconds(30));

		assertThat(this.store.questions).hasSize(1);
	}

	@Test
	void countsFromTheQuestionAndNotFromTheAnswer() {
		Sinks.One<ProbeLease> answer = Sinks.one();
		this.store.answer = answer.asMono();
		required(OPENING, now(), true);
		pass(Duration.ZERO);
		pass(Duration.ofSeconds(2));
		assertThat(this.right.permits(now())).isFalse();
		answer.tryEmitValue(held(false));
		assertThat(this.right.permits(now())).isTrue();
		this.store.answer = Mono.never();
		pass(Duration.ofSeconds(3).minus(MILLI));
		assertThat(this.store.questions).hasSize(1);
		pass(MILLI);

		assertThat(this.store.questions).hasSize(2);
	}

	@Test
	void isProlongedAtHalfOfItsLease() {
		expire();
		pass(HALF.minus(MILLI));
		assertThat(this.store.questions).hasSize(1);
		pass(MILLI);
		assertThat(this.store.questions).containsExactly(OPENING, OPENING);
		pass(HALF.plus(MILLI));
		assertThat(this.right.permits(now())).isTrue();

		assertThat(this.store.questions).hasSize(3);
	}

	@Test
	void isProlongedForTenMinutesWithoutAProbeAndThenEnds() {
		expire();
		pass(Duration.ofMinutes(10).minus(MILLI));
		assertThat(this.store.questions).hasSize(120);
		pass(HALF);
		assertThat(this.store.questions).hasSize(120);
		assertThat(this.right.permits(now())).isTrue();
		pass(MILLI);
		assertThat(this.right.permits(now())).isFalse();

		assertThat(this.right.lapsed(now())).isTrue();
	}

	@Test
	void isProlongedForLongerWhileAProbeRuns() {
		this.probing = true;
		expire();
		pass(Duration.ofMinutes(15));

		assertThat(this.store.questions).hasSize(181);
		assertThat(this.right.permits(now())).isTrue();
	}

	@Test
	void isGivenUpWithoutAProbeIfAnotherInstanceAsks() {
		this.store.answer = Mono.just(held(true));
		expire();
		pass(LEASE.minus(MILLI));
		assertThat(this.store.questions).hasSize(1);
		assertThat(this.right.permits(now())).isTrue();
		assertThat(this.right.lapsed(now())).isFalse();
		pass(MILLI);

		assertThat(this.right.permits(now())).isFalse();
		assertThat(this.right.lapsed(now())).isTrue();
	}

	@Test
	void isKeptWhileAProbeRunsThoughAnotherInstanceAsks() {
		this.store.answer = Mono.just(held(true));
		this.probing = true;
		expire();
		pass(Duration.ofMinutes(1));

		assertThat(this.right.permits(now())).isTrue();
	}

	@Test
	void isLostIfTheStoreGaveItToAnotherInstance() {
		expire();
		this.store.answer = Mono.just(denied(Duration.ofSeconds(4)));
		pass(HALF);

		assertThat(this.right.permits(now())).isFalse();
		assertThat(this.right.lapsed(now())).isTrue();
		this.store.answer = Mono.just(held(false));
		pass(Duration.ofSeconds(4));
		this.right.wanted(now());
		assertThat(this.right.permits(now())).isTrue();
		assertThat(this.right.lapsed(now())).isFalse();
	}

	@Test
	void isAskedForAgainWhenTheOtherLeaseIsOver() {
		this.store.answer = Mono.just(denied(Duration.ofSeconds(4)));
		expire();
		assertThat(this.right.lapsed(now())).isFalse();
		pass(Duration.ofSeconds(4).minus(MILLI));
		this.right.wanted(now());
		assertThat(this.store.questions).hasSize(1);
		pass(MILLI);
		this.right.wanted(now());

		assertThat(this.store.questions).hasSize(2);
		assertThat(this.lookedUp).isZero();
	}

	@Test
	void ofAStateThatIsUnknownHereIsLookedUpAndAskedForOnceASecond() {
		this.store.answer = Mono.just(denied(Duration.ZERO));
		expire();
		for (int i = 0; i < 3000; i++) {
			this.right.wanted(now());
			pass(MILLI);
		}

		assertThat(this.store.questions).hasSize(3);
		assertThat(this.lookedUp).isEqualTo(3);
	}

	@Test
	void isTakenWithoutAnAnswerIfCallsAreTooRareToWaitForIt() {
		this.store.answer = Mono.just(denied(Duration.ofSeconds(4)));
		expire();
		pass(LEASE.multipliedBy(2));
		this.right.wanted(now());
		assertThat(this.right.permits(now())).isFalse();
		assertThat(this.store.questions).hasSize(2);
		pass(LEASE.multipliedBy(2).plus(MILLI));
		this.right.wanted(now());

		assertThat(this.right.permits(now())).isTrue();
		assertThat(this.store.questions).hasSize(2);
	}

	@Test
	void isTakenIfTheStoreFails() {
		this.store.answer = Mono.error(new IllegalStateException("down"));
		expire();

		assertThat(this.right.permits(now())).isTrue();
	}

	@Test
	void endsWithItsOpening() {
		expire();
		required(new Version(7, 2), now() + Duration.ofSeconds(30).toNanos(), true);
		assertThat(this.right.permits(now())).isFalse();
		assertThat(this.right.lapsed(now())).isTrue();
		pass(Duration.ofSeconds(30));

		assertThat(this.store.questions).containsExactly(OPENING, new Version(7, 2));
		assertThat(this.right.permits(now())).isTrue();
		assertThat(this.right.lapsed(now())).isFalse();
	}

	@Test
	void isNotAskedForTwiceIfItsOpeningIsToldTwice() {
		expire();
		required(OPENING, now(), true);
		pass(Duration.ZERO);

		assertThat(this.store.questions).hasSize(1);
		assertThat(this.right.permits(now())).isTrue();
		pass(LEASE);
		assertThat(this.store.questions).hasSize(3);
	}

	@Test
	void isAskedForAgainByWhateverTheClockShows() {
		this.clock.set(Duration.ofHours(1).toNanos());
		this.store.answer = Mono.just(denied(Duration.ofSeconds(4)));
		expire();
		pass(Duration.ofSeconds(4));
		this.right.wanted(now());
		assertThat(this.store.questions).hasSize(2);
		assertThat(this.right.permits(now())).isFalse();
	}

	@Test
	void isProlongedForTenMinutesFromItsLatestBeginning() {
		this.store.answer = Mono.just(held(true));
		expire();
		pass(LEASE);
		assertThat(this.right.lapsed(now())).isTrue();
		this.store.answer = Mono.just(held(false));
		this.right.wanted(now());
		pass(Duration.ofMinutes(10));
		assertThat(this.right.permits(now())).isTrue();
		pass(HALF);
		assertThat(this.right.permits(now())).isFalse();
	}

	@Test
	void isForgottenWhenItIsNotNeededAnyMore() {
		expire();
		this.mailbox.post(this.right::notRequired);
		pass(Duration.ofMinutes(1));
		this.right.wanted(now());

		assertThat(this.right.permits(now())).isTrue();
		assertThat(this.right.lapsed(now())).isFalse();
		assertThat(this.store.questions).hasSize(1);
	}

	@Test
	void anAnswerThatCameTooLateGrantsNothing() {
		Sinks.One<ProbeLease> answer = Sinks.one();
		this.store.answer = answer.asMono();
		expire();
		required(new Version(7, 2), now() + Duration.ofSeconds(30).toNanos(), true);
		answer.tryEmitValue(held(false));

		assertThat(this.right.permits(now())).isFalse();
	}

	@Test
	void aCallWaitsForTheAnswerAndNoLonger() {
		Sinks.One<ProbeLease> answer = Sinks.one();
		List<String> waiting = new ArrayList<>();
		this.right.decision().subscribe(null, null, () -> waiting.add("before"));
		this.store.answer = answer.asMono();
		expire();
		this.right.decision().subscribe(null, null, () -> waiting.add("during"));
		assertThat(waiting).containsExactly("before");
		answer.tryEmitValue(held(false));

		assertThat(waiting).containsExactly("before", "during");
	}

	@Test
	void isNotAskedForAfterTheEndOfThisInstance() {
		this.store.closed = true;
		expire();

		assertThat(this.store.questions).isEmpty();
		assertThat(this.right.permits(now())).isFalse();
	}

	private void required(Version version, long until, boolean wanted) {
		this.mailbox.post(() -> this.right.required(version, until, wanted));
	}

	/** The opening is over, and calls want the endpoint. */
	private void expire() {
		required(OPENING, now(), true);
		pass(Duration.ZERO);
	}

	private static ProbeLease held(boolean contested) {
		return new ProbeLease(true, LEASE, contested);
	}

	private static ProbeLease denied(Duration remaining) {
		return new ProbeLease(false, remaining, true);
	}

	private long now() {
		return this.clock.get();
	}

	private void pass(Duration time) {
		for (Duration left = time; !left.isZero();) {
			Duration step = (left.compareTo(SECOND) > 0) ? SECOND : left;
			this.clock.addAndGet(step.toNanos());
			this.scheduler.advanceTimeBy(step);
			left = left.minus(step);
		}
		this.scheduler.advanceTime();
	}

	/**
	 * A store that writes down for which opening it is asked.
	 */
	private static final class Store implements LeasedProbeRight.Leases {

		private final List<Version> questions = new ArrayList<>();

		private Mono<ProbeLease> answer = Mono.just(held(false));

		private boolean closed;

		@Override
		public Mono<ProbeLease> lease(EndpointId endpoint, Version opening, Duration length) {
			assertThat(length).isEqualTo(LEASE);
			this.questions.add(opening);
			return this.answer;
		}

		@Override
		public boolean closed() {
			return this.closed;
		}

	}

}
