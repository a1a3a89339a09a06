// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state;

import java.time.Duration;
import java.util.stream.IntStream;

import io.github.fallbackai.endpoint.EndpointId;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** What every store keeps to that adds up spending. */
public abstract class SpendStoreContract {

	private static final SpendPeriod TODAY = new SpendPeriod(Duration.ofDays(1), 20_500);

	private final EndpointId endpoint = BreakerStateStoreContract.newEndpoint();

	/**
	 * Connects one more instance to the store of this test.
	 * @return the instance's store
	 */
	protected abstract SpendStore connect();

	@Test
	void hasNothingAtFirst() {
		assertThat(report("one", 0)).isZero();
	}

	@Test
	void addsUpWhatContributorsSpent() {
		assertThat(report("one", 7)).isEqualTo(7);
		assertThat(report("two", 5)).isEqualTo(12);
		assertThat(report("one", 8)).isEqualTo(13);
		assertThat(report("three", 0)).isEqualTo(13);
	}

	@Test
	void aReportThatComesTwiceOrLateChangesNothing() {
		report("one", 10);
		assertThat(report("one", 10)).isEqualTo(10);
		assertThat(report("one", 9)).isEqualTo(10);
		assertThat(report("one", 0)).isEqualTo(10);
	}

	@Test
	void addsLargeAmountsExactly() {
		long large = 2_000_000_000_000_000_001L;
		report("one", large);
		assertThat(report("two", large)).isEqualTo(2 * large);
	}

	@Test
	void keepsEndpointsAndPeriodsApart() {
		report("one", 7);
		assertThat(report(BreakerStateStoreContract.newEndpoint(), TODAY, "one", 1)).isEqualTo(1);
		assertThat(report(this.endpoint, new SpendPeriod(Duration.ofHours(1), 20_500), "one", 2)).isEqualTo(2);
		assertThat(report(this.endpoint, new SpendPeriod(Duration.ofDays(1), 20_501), "one", 3)).isEqualTo(3);
	}

	@Test
	void reportsNothingBeforeTheSubscription() {
		connect().report(spend(this.endpoint, TODAY, "one", 7));
		assertThat(report("two", 0)).isZero();
	}

	@Test
	void losesNothingOfManyReportsAtOnce() {
		IntStream.range(0, 100)
			.mapToObj((number) -> connect().report(spend(this.endpoint, TODAY, "instance-" + number % 10, number)))
			.toList()
			.parallelStream()
			.forEach((report) -> report.block(BreakerStateStoreContract.SLACK));
		assertThat(report("one", 0)).isEqualTo(IntStream.rangeClosed(90, 99).sum());
	}

	private long report(String contributor, long amount) {
		return report(this.endpoint, TODAY, contributor, amount);
	}

	private long report(EndpointId endpoint, SpendPeriod period, String contributor, long amount) {
		Mono<Long> total = connect().report(spend(endpoint, period, contributor, amount));
		return total.blockOptional(BreakerStateStoreContract.SLACK).orElseThrow();
	}

	private static SpendReport spend(EndpointId endpoint, SpendPeriod period, String contributor, long amount) {
		return new SpendReport(endpoint, period, contributor, amount, Duration.ofHours(1));
	}

}
