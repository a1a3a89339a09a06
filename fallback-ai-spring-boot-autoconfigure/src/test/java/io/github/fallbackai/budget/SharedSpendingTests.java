// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.budget;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.state.InMemoryStateStore;
import io.github.fallbackai.state.SpendReport;
import io.github.fallbackai.state.SpendStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Instances that share what they spend. */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class SharedSpendingTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration SYNC = Duration.ofSeconds(5);

	private final BudgetFixture fixture = new BudgetFixture();

	private final Endpoint endpoint = BudgetFixture.endpoint();

	private final SharedStore store = new SharedStore();

	private final EndpointBudgets instance = instance();

	private final EndpointBudget here = this.instance.budget(this.endpoint);

	private final EndpointBudget there = instance().budget(this.endpoint);

	@Test
	void knowWhatOthersSpentAtTheirNextExchange() {
		BudgetFixture.spend(this.here, "6");
		BudgetFixture.spend(this.there, "3");
		this.fixture.pass(SYNC.plus(SECOND));
		assertThat(this.here.spending().spent()).isEqualTo("9");
		assertThat(this.there.spending().spent()).isEqualTo("9");
		assertThat(this.there.exhaustedFor(1_500_000, 0)).isEqualTo(Duration.ofHours(2).minusSeconds(6));
	}

	@Test
	void exceedTheLimitByNoMoreThanWhatTheyHaveUnderWay() {
		Reservation one = this.here.tryReserve(4_000_000, 6_000_000);
		Reservation other = this.there.tryReserve(4_000_000, 6_000_000);
		one.settle(BigDecimal.TEN);
		other.settle(BigDecimal.TEN);
		this.fixture.pass(SYNC.plus(SECOND));
		assertThat(this.here.spending().spent()).isEqualTo("20");
		assertThat(this.here.tryReserve(0, 0)).isNull();
		assertThat(this.there.tryReserve(0, 0)).isNull();
	}

	@Test
	void aRestartedInstanceKnowsWhatItSpentBefore() {
		BudgetFixture.spend(this.here, "6");
		this.instance.close();
		EndpointBudget restarted = instance().budget(this.endpoint);
		assertThat(restarted.spending().spent()).isEqualTo("6");
		BudgetFixture.spend(restarted, "1");
		this.fixture.pass(SYNC);
		assertThat(this.there.spending().spent()).isEqualTo("7");
	}

	@Test
	void goOnAloneWhileTheStoreFailsAndCatchUpThereafter(CapturedOutput output) {
		this.store.down = true;
		BudgetFixture.spend(this.here, "2");
		this.fixture.pass(SYNC);
		BudgetFixture.spend(this.here, "2");
		this.fixture.pass(SYNC);
		assertThat(this.here.spending().spent()).isEqualTo("4");
		assertThat(this.there.spending().spent()).isZero();
		this.store.down = false;
		this.fixture.pass(SYNC);
		this.fixture.pass(SYNC);
		assertThat(this.there.spending().spent()).isEqualTo("4");
		// The store tells its outages itself.
		assertThat(output.getOut()).doesNotContain("WARN");
	}

	@Test
	void aReportWhoseAnswerWasLostIsNotCountedTwice() {
		this.store.deaf = true;
		BudgetFixture.spend(this.here, "2");
		this.fixture.pass(SYNC);
		this.store.deaf = false;
		this.fixture.pass(SYNC);
		this.fixture.pass(SYNC);
		assertThat(this.here.spending().spent()).isEqualTo("2");
		assertThat(this.there.spending().spent()).isEqualTo("2");
	}

	@Test
	void fillAnEmptiedStoreAgain() {
		BudgetFixture.spend(this.here, "2");
		BudgetFixture.spend(this.there, "3");
		this.fixture.pass(SYNC.plus(SECOND));
		this.store.totals = new InMemoryStateStore();
		this.fixture.pass(SECOND);
		assertThat(this.here.spending().spent()).isEqualTo("5");
		this.fixture.pass(SYNC);
		assertThat(instance().budget(this.endpoint).spending().spent()).isEqualTo("5");
	}

	@Test
	void startTheNextPeriodWithNothing() {
		BudgetFixture.spend(this.here, "6");
		this.fixture.pass(SYNC);
		this.fixture.pass(Duration.ofHours(2));
		assertThat(this.there.spending().spent()).isZero();
		BudgetFixture.spend(this.here, "1");
		this.fixture.pass(SYNC);
		assertThat(this.there.spending().spent()).isEqualTo("1");
	}

	@Test
	void reportManySettlementsAtOnceAndOffTheCall() {
		int before = this.store.reports.size();
		for (int i = 0; i < 100; i++) {
			BudgetFixture.spend(this.here, "0.01");
		}
		assertThat(this.store.reports).hasSize(before);
		this.fixture.pass(SECOND);
		assertThat(this.store.reports).hasSize(before + 1);
		assertThat(this.store.reports.get(before).amount()).isEqualTo(1_000_000_000);
	}

	@Test
	void askAStoreNothingAboutEndpointsWithoutALimit() {
		Endpoint free = BudgetFixture.endpoint().toBuilder().spendLimit(null).build();
		int before = this.store.reports.size();
		EndpointBudgets budgets = this.fixture.budgets(free, this.store);
		this.fixture.pass(SECOND);
		assertThat(budgets.budget(free)).isSameAs(EndpointBudget.UNLIMITED);
		assertThat(this.store.reports).hasSize(before);
	}

	private EndpointBudgets instance() {
		return this.fixture.budgets(this.endpoint, this.store);
	}

	/** A store that can be down, and deaf: it notes a report and does not answer. */
	private static final class SharedStore implements SpendStore {

		private final List<SpendReport> reports = new CopyOnWriteArrayList<>();

		private InMemoryStateStore totals = new InMemoryStateStore();

		private boolean down;

		private boolean deaf;

		@Override
		public Mono<Long> report(SpendReport report) {
			this.reports.add(report);
			if (this.down) {
				return Mono.error(new IllegalStateException("down"));
			}
			Mono<Long> total = this.totals.report(report);
			return this.deaf ? total.then(Mono.error(new IllegalStateException("no answer"))) : total;
		}

	}

}
