// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.endpoint.SpendLimit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The budget of one instance. */
class LedgerTests {

	private static final int THREADS = 100;

	private static final int ROUNDS = 2000;

	private static final Duration TWO_HOURS = Duration.ofHours(2);

	private final BudgetFixture fixture = new BudgetFixture();

	private final EndpointBudget budget = budget(BudgetFixture.endpoint());

	@Test
	void reservesUntilTheLimitAndNotBeyond() {
		Reservation first = this.budget.tryReserve(tokens("6"), 0);
		assertThat(this.budget.tryReserve(tokens("4.000001"), 0)).isNull();
		assertThat(this.budget.exhaustedFor(tokens("4.000001"), 0)).isEqualTo(TWO_HOURS);
		assertThat(this.budget.exhaustedFor(tokens("4"), 0)).isNull();
		assertThat(this.budget.tryReserve(tokens("4"), 0)).isNotNull();
		assertThat(this.budget.exhaustedFor(0, 0)).isEqualTo(TWO_HOURS);
		first.settle(amount("1.5"));
		assertThat(this.budget.exhaustedFor(tokens("4.5"), 0)).isNull();
		assertThat(this.budget.spending().spent()).isEqualTo("1.5");
		assertThat(this.budget.spending().reserved()).isEqualTo("4");
	}

	@Test
	void expectsPromptsAndAnswersAtTheirOwnPriceRoundedUp() {
		Endpoint endpoint = BudgetFixture.endpoint().toBuilder().price(Price.of("0.0004", "3")).build();
		EndpointBudget priced = budget(endpoint);
		priced.tryReserve(1000, 2);
		assertThat(priced.spending().reserved()).isEqualTo("0.000007");
		assertThat(priced.exhaustedFor(0, Long.MAX_VALUE)).isNotNull();
		assertThat(priced.exhaustedFor(Long.MAX_VALUE, Long.MAX_VALUE)).isNotNull();
	}

	@Test
	void countsASettlementOnce() {
		Reservation reservation = this.budget.tryReserve(tokens("6"), 0);
		reservation.settle(amount("1"));
		reservation.settle(amount("5"));
		assertThat(this.budget.spending().spent()).isEqualTo("1");
		assertThat(this.budget.spending().reserved()).isZero();
	}

	@Test
	void takesNoteOfWhatWasSpentBeyondTheReservation() {
		this.budget.tryReserve(tokens("1"), 0).settle(amount("12"));
		assertThat(this.budget.spending().spent()).isEqualTo("12");
		assertThat(this.budget.exhaustedFor(0, 0)).isEqualTo(TWO_HOURS);
	}

	@Test
	void losesNoFractionOfABillionth() {
		for (int i = 0; i < 1000; i++) {
			this.budget.tryReserve(0, 0).settle(amount("0.0000000001"));
		}
		assertThat(this.budget.spending().spent()).isEqualTo("0.000001");
	}

	@Test
	void lookingHasNoEffect() {
		for (int i = 0; i < 3; i++) {
			assertThat(this.budget.exhaustedFor(tokens("9"), 0)).isNull();
		}
		assertThat(this.budget.spending().reserved()).isZero();
	}

	@Test
	void isRenewedAtMidnightUtc() {
		BudgetFixture.spend(this.budget, "10");
		this.fixture.set("2026-03-29T23:59:59.999Z");
		assertThat(this.budget.exhaustedFor(0, 0)).isEqualTo(Duration.ofMillis(1));
		this.fixture.set("2026-03-30T00:00:00Z");
		assertThat(this.budget.exhaustedFor(tokens("10"), 0)).isNull();
		assertThat(this.budget.spending().spent()).isZero();
		assertThat(this.budget.spending().renewsIn()).isEqualTo(BudgetFixture.DAY);
	}

	@Test
	void isRenewedOnTheHour() {
		EndpointBudget hourly = budget(BudgetFixture.endpoint(new SpendLimit(BigDecimal.ONE, Duration.ofHours(1))));
		this.fixture.set("2026-03-29T22:59:00Z");
		BudgetFixture.spend(hourly, "1");
		assertThat(hourly.exhaustedFor(0, 0)).isEqualTo(Duration.ofMinutes(1));
		this.fixture.set("2026-03-29T23:00:00Z");
		assertThat(hourly.exhaustedFor(tokens("1"), 0)).isNull();
	}

	@Test
	void whatIsUnderWayAtMidnightCountsWhenItEnds() {
		Reservation overMidnight = this.budget.tryReserve(tokens("7"), 0);
		this.fixture.pass(TWO_HOURS);
		assertThat(this.budget.exhaustedFor(tokens("4"), 0)).isNotNull();
		overMidnight.settle(amount("2"));
		assertThat(this.budget.spending().spent()).isEqualTo("2");
		assertThat(this.budget.exhaustedFor(tokens("8"), 0)).isNull();
	}

	@Test
	void aClockThatIsSetBackRenewsNothing() {
		this.fixture.pass(TWO_HOURS);
		BudgetFixture.spend(this.budget, "10");
		this.fixture.set("2026-03-29T22:00:00Z");
		assertThat(this.budget.exhaustedFor(0, 0)).isEqualTo(Duration.ofHours(26));
	}

	/** It would be frozen until the year that the clock once showed. */
	@Test
	void aClockThatWasAheadOnceFreezesNothing() {
		BudgetFixture.spend(this.budget, "4");
		this.fixture.set("2031-05-01T12:00:00Z");
		BudgetFixture.spend(this.budget, "5");
		this.fixture.set("2026-03-29T22:00:00Z");
		assertThat(this.budget.spending().spent()).as("nothing is forgotten").isEqualTo("9");
		assertThat(this.budget.exhaustedFor(tokens("2"), 0)).isEqualTo(TWO_HOURS);
		this.fixture.set("2026-03-30T00:00:00Z");
		assertThat(this.budget.spending().spent()).isZero();
		assertThat(this.budget.exhaustedFor(tokens("10"), 0)).isNull();
	}

	@Test
	void aClockThatWaversAboutMidnightRenewsOnce() {
		BudgetFixture.spend(this.budget, "6");
		for (int times = 0; times < 5; times++) {
			this.fixture.set("2026-03-30T00:00:00.010Z");
			if (this.budget.exhaustedFor(tokens("3"), 0) == null) {
				BudgetFixture.spend(this.budget, "3");
			}
			this.fixture.set("2026-03-29T23:59:59.990Z");
			assertThat(this.budget.exhaustedFor(tokens("5"), 0)).as("on the day before").isNotNull();
		}
		this.fixture.set("2026-03-30T00:00:00.010Z");
		assertThat(this.budget.spending().spent()).isEqualTo("9");
	}

	@Test
	void aHundredThreadsNeverHoldMoreThanThereIs() throws Exception {
		AtomicInteger holders = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		LongAdder granted = new LongAdder();
		race((round) -> {
			Reservation reservation = this.budget.tryReserve(tokens("6"), 0);
			if (reservation != null) {
				granted.increment();
				most.accumulateAndGet(holders.incrementAndGet(), Math::max);
				holders.decrementAndGet();
				reservation.settle(BigDecimal.ZERO);
			}
		});
		assertThat(most).hasValue(1);
		assertThat(granted.sum()).isPositive();
		assertThat(this.budget.spending().reserved()).isZero();
	}

	@Test
	void aHundredThreadsSpendAllThereIsAndNoMore() throws Exception {
		race((round) -> {
			Reservation reservation = this.budget.tryReserve(tokens("0.3"), 0);
			if (reservation != null) {
				reservation.settle((round % 2 == 0) ? BigDecimal.ZERO : amount("0.3"));
			}
		});
		assertThat(this.budget.spending().spent()).isEqualTo("9.9");
		assertThat(this.budget.spending().reserved()).isZero();
	}

	private static void race(IntConsumer round) throws InterruptedException {
		CountDownLatch together = new CountDownLatch(THREADS);
		ExecutorService executor = Executors.newFixedThreadPool(THREADS);
		for (int thread = 0; thread < THREADS; thread++) {
			executor.submit(() -> {
				together.countDown();
				together.await();
				for (int number = 0; number < ROUNDS; number++) {
					round.accept(number);
				}
				return null;
			});
		}
		executor.shutdown();
		assertThat(executor.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
	}

	private EndpointBudget budget(Endpoint endpoint) {
		return new EndpointBudgets(List.of(endpoint), this.fixture, null, Duration.ofSeconds(5), this.fixture.time)
			.budget(endpoint);
	}

	/** As many tokens as cost an amount. */
	private static long tokens(String amount) {
		return amount(amount).movePointRight(6).longValueExact();
	}

	private static BigDecimal amount(String amount) {
		return new BigDecimal(amount);
	}

}
