// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.github.fallbackai.budget.EndpointBudget;
import io.github.fallbackai.budget.EndpointBudgets;
import io.github.fallbackai.budget.Reservation;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Price;
import io.github.fallbackai.endpoint.SpendLimit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** Instances that share a spend limit through a Redis that comes and goes. */
@Tag("slow")
class SharedSpendLimitTests {

	private static final Duration SYNC = Duration.ofMillis(100);

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	private final Endpoint endpoint = Endpoint.named("primary")
		.url(URI.create("https://api.example.com/v1"))
		.model("large")
		.price(Price.of("1", "1"))
		.spendLimit(new SpendLimit(BigDecimal.TEN, Duration.ofDays(36_500)))
		.build();

	private final String prefix = "test-" + UUID.randomUUID();

	private final RedisProcess redis = new RedisProcess();

	private final List<RedisStateStore> stores = new ArrayList<>();

	private final List<AutoCloseable> started = new ArrayList<>();

	@AfterEach
	void stop() throws Exception {
		for (AutoCloseable resource : this.started) {
			resource.close();
		}
		this.redis.close();
	}

	@Test
	void spendOneBudget() {
		EndpointBudget one = instance().budget(this.endpoint);
		EndpointBudget other = instance().budget(this.endpoint);
		spend(one, "6");
		spend(other, "4");
		Awaitility.await().until(() -> one.exhaustedFor(0, 0) != null);
		Awaitility.await().until(() -> other.exhaustedFor(0, 0) != null);
		assertThat(one.spending().spent()).isEqualTo("10");
	}

	@Test
	void rememberItOverARestart() {
		EndpointBudgets first = instance();
		spend(first.budget(this.endpoint), "6");
		// A close waits for its last report only for a moment.
		EndpointBudget witness = instance().budget(this.endpoint);
		Awaitility.await().until(() -> witness.spending().spent().equals(BigDecimal.valueOf(6)));
		first.close();
		EndpointBudget restarted = instance().budget(this.endpoint);
		Awaitility.await().until(() -> restarted.spending().spent().equals(BigDecimal.valueOf(6)));
		assertThat(restarted.tryReserve(4_100_000, 0)).isNull();
	}

	@Test
	void goOnWithoutRedisAndFillItAgain() {
		EndpointBudget one = instance().budget(this.endpoint);
		EndpointBudget other = instance().budget(this.endpoint);
		spend(one, "1");
		Awaitility.await().until(() -> other.spending().spent().equals(BigDecimal.ONE));
		this.redis.kill();
		spend(one, "2");
		spend(other, "3");
		assertThat(one.spending().spent()).isEqualTo("3");
		assertThat(other.spending().spent()).isEqualTo("4");
		Awaitility.await().until(() -> this.stores.stream().noneMatch(RedisStateStore::reachable));
		this.redis.start();
		Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
			assertThat(one.spending().spent()).isEqualTo("6");
			assertThat(other.spending().spent()).isEqualTo("6");
		});
		EndpointBudget late = instance().budget(this.endpoint);
		Awaitility.await().untilAsserted(() -> assertThat(late.spending().spent()).isEqualTo("6"));
	}

	@Test
	void rememberWhatWasSpentThoughItsKeyWasEvicted() {
		EndpointBudget one = instance().budget(this.endpoint);
		EndpointBudget other = instance().budget(this.endpoint);
		spend(one, "6");
		spend(other, "4");
		Awaitility.await().until(() -> one.exhaustedFor(0, 0) != null && other.exhaustedFor(0, 0) != null);
		StringRedisTemplate template = this.redis.template();
		template.delete(template.keys(this.prefix + "*"));
		Awaitility.await().until(() -> !template.keys(this.prefix + "*").isEmpty());
		assertThat(one.exhaustedFor(0, 0)).isNotNull();
		assertThat(other.exhaustedFor(0, 0)).isNotNull();

		EndpointBudget late = instance().budget(this.endpoint);
		Awaitility.await().untilAsserted(() -> assertThat(late.spending().spent()).isEqualTo("10"));
	}

	private static void spend(EndpointBudget budget, String amount) {
		Reservation reservation = budget.tryReserve(0, 0);
		assertThat(reservation).isNotNull();
		reservation.settle(new BigDecimal(amount));
	}

	private EndpointBudgets instance() {
		RedisStateStore store = new RedisStateStore(this.redis.connect(), new RedisStateSettings(this.prefix, TIMEOUT));
		EndpointBudgets budgets = new EndpointBudgets(List.of(this.endpoint), Clock.systemUTC(), store, SYNC,
				Schedulers.parallel());
		this.stores.add(store);
		this.started.add(budgets);
		this.started.add(store);
		return budgets;
	}

}
