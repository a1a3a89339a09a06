// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.ClusterStateStore;
import io.github.fallbackai.state.ClusterStateStoreContract;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.OperatorDecision;
import io.github.fallbackai.state.CoolDown;
import io.github.fallbackai.state.Version;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("slow")
class RedisStateStoreTests extends ClusterStateStoreContract {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	/** As long as a version, and greater than any. */
	private static final String NINES = "9999999999999999999999999999999999999999";

	private static RedisProcess redis;

	private static LettuceConnectionFactory connections;

	private final String prefix = "test-" + UUID.randomUUID();

	private final List<RedisStateStore> stores = new ArrayList<>();

	private final EndpointId endpoint = new EndpointId("name with } and {", "0123456789abcdef");

	private final String key = this.prefix + ":{name with } and {@0123456789abcdef}:";

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
	void closeStores() {
		this.stores.forEach(RedisStateStore::close);
	}

	@Override
	protected ClusterStateStore connect() {
		return connect(this.prefix);
	}

	private RedisStateStore connect(String prefix) {
		RedisStateStore store = new RedisStateStore(connections, new RedisStateSettings(prefix, TIMEOUT));
		this.stores.add(store);
		return store;
	}

	@Test
	void allButDecisionsExpires() {
		StringRedisTemplate template = new StringRedisTemplate(connections);
		connect().publish(open()).block();
		connect().publish(new OperatorDecision(this.endpoint, new Version(1, 1), null, 1, 0)).block();
		connect().lease(this.endpoint, new Version(1, 1), "one", TIMEOUT).block();
		connect().lease(this.endpoint, new Version(1, 1), "two", TIMEOUT).block();
		connect().vote(this.endpoint, "one", TIMEOUT).block();
		connect().ping().block();

		assertThat(template.keys(this.prefix + "*"))
			.containsExactlyInAnyOrder(this.key + "state", this.key + "open", this.key + "rest", this.key + "lease",
					this.key + "contested", this.key + "votes", this.key + "decision", this.prefix + ":ping")
			.allSatisfy((name) -> assertThat(template.getExpire(name) > 0).isNotEqualTo(name.endsWith(":decision")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "LPUSH %s garbage", "SADD %s garbage", "ZADD %s 1 garbage", "HSET %s garbage garbage",
			"XADD %s * garbage garbage", "SETBIT %s 9999999 1", "PFADD %s garbage", "GEOADD %s 1 1 garbage" })
	void valuesOfAnotherTypeCountAsAbsentAndAreReplaced(String command) {
		List.of("state", "open", "rest", "decision", "disabled", "lease", "contested")
			.forEach((name) -> redis.command(command.formatted('"' + this.key + name + '"')));
		if (!command.matches("(ZADD|GEOADD).*")) {
			redis.command(command.formatted('"' + this.key + "votes" + '"'));
		}

		spoiltStoreStillWorks();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0922337203685477581509999999999999999999 open 1 RATE_LIMITED -",
			"0922337203685477581500009007199254740993 enabled 0 0 - -", "9 9 9 garbage", "", " ", "{}", NINES,
			NINES + " ", NINES + " open 1 - -", NINES + " disabled 1 1 =%zz",
			"0000000000000000000200000000000000000002 9 9 9" })
	void valuesOfAnotherFormCountAsAbsentAndAreReplaced(String garbage) {
		StringRedisTemplate template = new StringRedisTemplate(connections);
		List.of("state", "open", "rest", "decision", "disabled", "lease", "votes", "contested")
			.forEach((name) -> template.opsForValue().set(this.key + name, garbage));

		spoiltStoreStillWorks();
	}

	@Test
	void messagesOfAnotherFormAreIgnored() {
		StringRedisTemplate template = new StringRedisTemplate(connections);
		Queue<EndpointState> heard = new ConcurrentLinkedQueue<>();
		Disposable following = connect().changes().subscribe(heard::add);
		long[] counter = { 0 };
		Awaitility.await().until(() -> {
			List.of("", "state", "state %zz x 0 0 " + NINES + " open 1 - -", "state a b 9 9 " + NINES + " open 1 - -",
					"state a b 1 1 " + "0".repeat(40) + " open -1 NONE -", "decision a b c", "state a b c d e f")
				.forEach((message) -> template.convertAndSend(this.prefix + ":changes", message));
			connect().publish(open(new Version(1, ++counter[0]))).block();
			return !heard.isEmpty();
		});

		assertThat(heard).extracting(EndpointState::endpoint).containsOnly(this.endpoint);
		following.dispose();
	}

	@Test
	void tellsThatItsSubscriptionWasMadeAnew() {
		ClusterStateStore store = connect();
		Queue<Long> renewals = new ConcurrentLinkedQueue<>();
		Disposable telling = store.renewals().subscribe(renewals::add);
		Disposable following = store.changes().subscribe();
		Awaitility.await().until(() -> {
			redis.command("CLIENT KILL TYPE pubsub");
			return !renewals.isEmpty();
		});
		following.dispose();
		telling.dispose();
	}

	@Test
	void timesBeyondAnyClockAreBounded() {
		StringRedisTemplate template = new StringRedisTemplate(connections);
		connect().publish(open()).block();
		String value = template.opsForValue().get(this.key + "state");
		for (String ends : List.of("9".repeat(16), "9".repeat(400))) {
			template.opsForValue().set(this.key + "state", value.replaceAll("ends=.*", "ends=" + ends + "," + ends));
			assertThat(connect().load(this.endpoint).block().breaker().remaining()).isEqualTo(Duration.ofDays(36500));
		}
		template.opsForValue().set(this.key + "state", value.replaceAll(" ends=.*", ""));
		template.expire(this.key + "open", Duration.ofDays(10_000_000));
		assertThat(connect().load(this.endpoint).block().breaker().remaining()).isEqualTo(Duration.ofDays(36500));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ends=", "ends=,", "ends=x", "ends=-5,-5", "ends=1e9,1e9" })
	void endsOfAnotherFormAreOver(String ends) {
		StringRedisTemplate template = new StringRedisTemplate(connections);
		connect().publish(open()).block();
		String value = template.opsForValue().get(this.key + "state");
		template.delete(List.of(this.key + "open", this.key + "rest"));
		template.opsForValue().set(this.key + "state", value.replaceAll("ends=.*", ends));
		EndpointState found = connect().load(this.endpoint).block();

		assertThat(found.breaker()).isEqualTo(new BreakerVerdict(true, 1, Duration.ZERO));
		assertThat(found.coolDown()).isNull();
	}

	@Test
	void whatEndsIsKnownWithoutAnyOtherKey() {
		StringRedisTemplate template = new StringRedisTemplate(connections);
		connect().publish(open()).block();
		connect()
			.publish(new OperatorDecision(this.endpoint, new Version(1, 1),
					new OperatorDecision.Disabling(Duration.ofHours(1), "why"), 1, 0))
			.block();
		template.delete(List.of(this.key + "open", this.key + "rest", this.key + "disabled"));

		assertThat(connect().load(this.endpoint).block().breaker().remaining()).isPositive();
		assertThat(connect().load(this.endpoint).block().coolDown()).isNotNull();
		assertThat(connect().loadDecision(this.endpoint).block().disabling().remaining())
			.isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
		assertThat(connect().publish(open()).block().breaker().remaining()).isPositive();
	}

	@ParameterizedTest
	@ValueSource(strings = { "enabled 0 9223372036854775807 - -", "enabled 99999999999 0 - -" })
	void aDecisionWithNumbersThatAreNotOursCountsAsAbsent(String words) {
		StringRedisTemplate template = new StringRedisTemplate(connections);
		template.opsForValue().set(this.key + "decision", "0".repeat(39) + "1 " + words);
		assertThat(connect().loadDecision(this.endpoint).blockOptional()).isEmpty();
	}

	@Test
	void aLeaseOfADayIsCutToALease() {
		StringRedisTemplate template = new StringRedisTemplate(connections);
		Version opening = new Version(1, 1);
		connect().lease(this.endpoint, opening, "one", Duration.ofDays(1)).block();

		assertThat(connect().lease(this.endpoint, opening, "two", TIMEOUT).block().remaining()).isEqualTo(TIMEOUT);
		assertThat(template.getExpire(this.key + "lease")).isLessThanOrEqualTo(TIMEOUT.toSeconds());
	}

	/**
	 * The instance may be gone, and would fill a quorum as long as the clock was ahead.
	 */
	@Test
	void aVoteThatWasCastWhileTheClockWasAheadIsCutToAnHour() {
		StringRedisTemplate template = new StringRedisTemplate(connections);
		Instant now = Instant.now();
		template.opsForZSet().add(this.key + "votes", "gone", now.plus(400, ChronoUnit.DAYS).toEpochMilli());
		template.opsForZSet().add(this.key + "votes", "slow", now.plusSeconds(1800).toEpochMilli());
		template.expireAt(this.key + "votes", now.plus(400, ChronoUnit.DAYS));

		assertThat(connect().vote(this.endpoint, "one", TIMEOUT).block()).isEqualTo(3);
		double inAnHour = Instant.now().plusSeconds(3600).toEpochMilli();
		assertThat(template.opsForZSet().score(this.key + "votes", "gone")).isLessThanOrEqualTo(inAnHour);
		assertThat(template.opsForZSet().score(this.key + "votes", "slow"))
			.isEqualTo(now.plusSeconds(1800).toEpochMilli());
		assertThat(template.getExpire(this.key + "votes")).isBetween(1800L, 3600L);
	}

	@Test
	void ofTwoHoldersBecauseALeaseWasEvictedOneLosesItSoon() {
		StringRedisTemplate template = new StringRedisTemplate(connections);
		Version opening = new Version(1, 1);
		connect().lease(this.endpoint, opening, "one", TIMEOUT).block();
		template.delete(this.key + "lease");

		assertThat(connect().lease(this.endpoint, opening, "two", TIMEOUT).block().held()).isTrue();
		assertThat(connect().lease(this.endpoint, opening, "one", TIMEOUT).block().held()).isFalse();
	}

	@Test
	void valuesThatAreTooLongToBeOursCountAsAbsentAndAreReplaced() {
		StringRedisTemplate template = new StringRedisTemplate(connections);
		connect().publish(open()).block();
		String value = template.opsForValue().get(this.key + "state");
		for (String name : List.of("state", "open", "rest", "decision", "disabled", "lease", "votes", "contested")) {
			template.opsForValue().set(this.key + name, value + " x".repeat(1_000_000));
		}

		spoiltStoreStillWorks();
	}

	private void spoiltStoreStillWorks() {
		assertThat(connect().load(this.endpoint).blockOptional()).isEmpty();
		assertThat(connect().loadDecision(this.endpoint).blockOptional()).isEmpty();
		assertThat(connect().lease(this.endpoint, new Version(1, 1), "one", TIMEOUT).block().held()).isTrue();
		assertThat(connect().vote(this.endpoint, "one", TIMEOUT).block()).isEqualTo(1);
		connect().withdraw(this.endpoint, "one").block();
		assertThat(connect().publish(open()).block().breaker().open()).isTrue();
		OperatorDecision decision = new OperatorDecision(this.endpoint, new Version(1, 1), null, 1, 0);
		assertThat(connect().publish(decision).block()).isEqualTo(decision);
		assertThat(connect().load(this.endpoint).block().coolDown().cause()).isEqualTo(FailureKind.RATE_LIMITED);
	}

	@Test
	void applicationsWithDifferentPrefixesDoNotSeeEachOther() {
		connect("orders").publish(open()).block();

		assertThat(connect("invoices").load(this.endpoint).blockOptional()).isEmpty();
	}

	@Test
	void aPrefixThatWouldChangeTheHashTagIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RedisStateSettings("a{b", TIMEOUT))
			.withMessage("state-store.key-prefix: 'a{b' (expected: not blank, without { and })");
	}

	private EndpointState open() {
		return open(new Version(1, 1));
	}

	private EndpointState open(Version version) {
		return new EndpointState(this.endpoint, version, new BreakerVerdict(true, 1, Duration.ofMinutes(1)),
				new CoolDown(FailureKind.RATE_LIMITED, Duration.ofMinutes(1)));
	}

}
