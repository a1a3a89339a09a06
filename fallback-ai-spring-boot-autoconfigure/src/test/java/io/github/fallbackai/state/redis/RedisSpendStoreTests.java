// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.time.Duration;
import java.util.UUID;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.state.SpendPeriod;
import io.github.fallbackai.state.SpendReport;
import io.github.fallbackai.state.SpendStore;
import io.github.fallbackai.state.SpendStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("slow")
class RedisSpendStoreTests extends SpendStoreContract {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static RedisProcess redis;

	private static LettuceConnectionFactory connections;

	private final String prefix = "test-" + UUID.randomUUID();

	private final RedisStateStore store = new RedisStateStore(connections,
			new RedisStateSettings(this.prefix, TIMEOUT));

	private final EndpointId endpoint = new EndpointId("name with } and {", "0123456789abcdef");

	private final String key = this.prefix + ":{name with } and {@0123456789abcdef}:spend:86400000:20500";

	@BeforeAll
	static void start() {
		redis = new RedisProcess();
		connections = redis.connect();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@AfterEach
	void closeStore() {
		this.store.close();
	}

	@Override
	protected SpendStore connect() {
		return this.store;
	}

	@Test
	void isForgottenAfterThePeriod() {
		StringRedisTemplate template = new StringRedisTemplate(connections);
		this.store.report(report("one", 7, Duration.ofMinutes(90))).block(TIMEOUT);
		this.store.report(report("two", 0, Duration.ofMinutes(90))).block(TIMEOUT);

		assertThat(template.keys(this.prefix + "*")).containsExactly(this.key);
		assertThat(template.getExpire(this.key)).isBetween(90 * 60 - TIMEOUT.toSeconds(), 90 * 60L);
		assertThat(template.opsForHash().entries(this.key)).containsOnlyKeys("one");
	}

	@Test
	void valuesOfAnotherTypeOrFormCountAsNone() {
		StringRedisTemplate template = new StringRedisTemplate(connections);
		template.opsForList().leftPush(this.key, "garbage");
		assertThat(this.store.report(report("one", 7, TIMEOUT)).block(TIMEOUT)).isEqualTo(7);
		template.opsForHash().put(this.key, "one", "gar bage");
		template.opsForHash().put(this.key, "two", "9999999999999999999");
		assertThat(this.store.report(report("one", 8, TIMEOUT)).block(TIMEOUT)).isEqualTo(8);
	}

	@Test
	void sumsThatAreTooGreatForANumberOfOursAreTheGreatest() {
		StringRedisTemplate template = new StringRedisTemplate(connections);
		for (int number = 0; number < 5; number++) {
			template.opsForHash().put(this.key, "contributor " + number, "8999999999999999999");
		}
		assertThat(this.store.report(report("one", 7, TIMEOUT)).block(TIMEOUT)).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void valuesThatAreTooLongAreNotAnswered() {
		StringRedisTemplate template = new StringRedisTemplate(connections);
		template.opsForHash().put(this.key, "one", "1".repeat(1_000_000));
		template.opsForHash().put(this.key, "two", "1".repeat(1_000_000));
		assertThat(this.store.report(report("one", 7, TIMEOUT)).block(TIMEOUT)).isEqualTo(7);
	}

	private SpendReport report(String contributor, long amount, Duration retention) {
		return new SpendReport(this.endpoint, new SpendPeriod(Duration.ofDays(1), 20_500), contributor, amount,
				retention);
	}

}
