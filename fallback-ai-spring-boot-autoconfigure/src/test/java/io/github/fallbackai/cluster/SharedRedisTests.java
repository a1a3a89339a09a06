// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.redis.RedisProcess;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Instances on one Redis server that is well, but whose contents or messages are not.
 */
@Tag("slow")
class SharedRedisTests {

	private static final Duration NEVER = Duration.ofHours(1);

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private static RedisProcess redis;

	private final String prefix = "shared-" + UUID.randomUUID();

	private final List<AutoCloseable> opened = new ArrayList<>();

	@BeforeAll
	static void start() {
		redis = new RedisProcess();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@AfterEach
	void closeInstances() throws Exception {
		for (AutoCloseable closeable : this.opened) {
			closeable.close();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "LPUSH %s garbage", "HSET %s garbage garbage", "ZADD %s 1 garbage", "SADD %s garbage",
			"XADD %s * garbage garbage", "SET %s garbage", "SETBIT %s 99999999 1" })
	void garbageUnderEveryKeyHarmsNothingAndIsReplaced(String garbage) {
		LocalInstance here = instance("here", 1, LocalInstance.SYNC);
		LocalInstance there = instance("there", 1, LocalInstance.SYNC);
		fail(here);
		awaitBreaker(there, "OPEN");
		here.gates.control(here.primary).prefer().block();
		StringRedisTemplate template = redis.template();
		template.keys(this.prefix + "*").forEach((key) -> {
			template.delete(key);
			redis.command(garbage.formatted(key));
		});
		assertThat(here.call(20)).isEqualTo(20);

		await().until(() -> state(here).map((state) -> state.breaker().open()).orElse(false));
		await().until(() -> here.store.loadDecision(here.primary.id())
			.onErrorComplete()
			.blockOptional()
			.map((decision) -> decision.preference() > 0)
			.orElse(false));
		assertThat(here.gates.stateStoreActivity().outages()).isZero();
	}

	@Test
	void aClockOfTheServerThatWasAheadOnceFreezesNothing() {
		Duration opening = Duration.ofSeconds(5);
		LocalInstance here = instance("here", 1, LocalInstance.SYNC, opening);
		LocalInstance there = instance("there", 1, LocalInstance.SYNC, opening);
		fail(here);
		awaitBreaker(there, "OPEN");
		here.gates.control(here.primary).disable(opening, "maintenance").block();
		await().until(() -> there.gates.control(there.primary).disabled());
		StringRedisTemplate template = redis.template();
		for (String what : List.of("state", "decision")) {
			Matcher value = Pattern.compile("(.* ends=)(\\d+)(.*)")
				.matcher(template.opsForValue().get(key(here, what)));
			assertThat(value.matches()).isTrue();
			long ahead = Long.parseLong(value.group(2)) + Duration.ofDays(1).toMillis();
			template.opsForValue().set(key(here, what), value.group(1) + ahead + value.group(3));
		}
		LocalInstance late = instance("late", 1, LocalInstance.SYNC, opening);
		primary.always(Outcome.healthy());

		for (LocalInstance instance : List.of(here, there, late)) {
			await().until(() -> !instance.gates.control(instance.primary).disabled());
			await().until(() -> {
				assertThat(instance.call(1)).isEqualTo(1);
				return instance.breaker().equals("CLOSED");
			});
		}
	}

	@Test
	void anEmptiedServerIsReseeded() {
		LocalInstance here = instance("here", 1, LocalInstance.SYNC);
		fail(here);
		await().until(() -> state(here).isPresent());
		redis.command("FLUSHALL");
		redis.command("SCRIPT FLUSH");

		await().until(() -> state(here).isPresent());
		LocalInstance late = instance("late", 1, NEVER);
		assertThat(late.breaker()).isEqualTo("OPEN");
	}

	@Test
	void whoHearsNoMessagesLearnsFromTheNextComparison() {
		redis.command("ACL SETUSER deaf on >secret ~* +@all resetchannels");
		LocalInstance here = instance("here", 1, NEVER);
		LocalInstance deaf = add(new LocalInstance(connectAs("deaf"), LocalInstance.redis(this.prefix),
				new ClusterSettings("deaf", 1, LocalInstance.SYNC), primary, backup));
		LocalInstance deafForGood = add(new LocalInstance(connectAs("deaf"), LocalInstance.redis(this.prefix),
				new ClusterSettings("deaf-for-good", 1, NEVER), primary, backup));
		fail(here);

		awaitBreaker(deaf, "OPEN");
		assertThat(deaf.gates.stateStoreActivity().changesMissed()).isPositive();
		assertThat(deafForGood.breaker()).isEqualTo("CLOSED");
	}

	@Test
	void messagesAreHeardAgainAfterTheConnectionWasCut() {
		Relay relay = add(new Relay(redis.port()));
		LocalInstance here = instance("here", 1, NEVER);
		LocalInstance there = add(new LocalInstance(redis.connect(relay.port()), LocalInstance.redis(this.prefix),
				new ClusterSettings("there", 1, NEVER), primary, backup));
		awaitFollowers(2);
		relay.cut();
		await().until(() -> there.gates.stateStoreActivity().sinceComparison() != null);
		awaitFollowers(2);
		fail(here);

		awaitBreaker(there, "OPEN");
		assertThat(there.gates.stateStoreActivity().changesMissed()).isZero();
	}

	@Test
	void withAQuorumAnInstanceWithABrokenNetworkOpensForItselfOnly() {
		LocalInstance broken = instance("broken", 2, LocalInstance.SYNC, Duration.ofSeconds(1));
		LocalInstance sound = instance("sound", 2, LocalInstance.SYNC, Duration.ofSeconds(1));
		awaitFollowers(2);
		fail(broken);
		assertThat(broken.breaker()).isEqualTo("OPEN");
		primary.always(Outcome.healthy());
		await().until(() -> {
			assertThat(broken.call(1)).isEqualTo(1);
			return broken.breaker().equals("CLOSED");
		});

		assertThat(sound.breaker()).isEqualTo("CLOSED");
		StringRedisTemplate template = redis.template();
		assertThat(template.hasKey(key(broken, "state"))).isFalse();
		await().untilAsserted(() -> assertThat(template.opsForZSet().size(key(broken, "votes"))).isZero());
	}

	@Test
	void aQuorumOpensForAll() {
		LocalInstance one = instance("one", 2, LocalInstance.SYNC);
		LocalInstance two = instance("two", 2, LocalInstance.SYNC);
		LocalInstance three = instance("three", 2, LocalInstance.SYNC);
		fail(one);
		assertThat(three.breaker()).isEqualTo("CLOSED");
		fail(two);

		awaitBreaker(three, "OPEN");
	}

	private static void fail(LocalInstance instance) {
		primary.always(Outcome.status(500));
		assertThat(instance.call(3)).isEqualTo(3);
		awaitBreaker(instance, "OPEN");
	}

	private static Optional<EndpointState> state(LocalInstance instance) {
		return instance.store.load(instance.primary.id()).onErrorComplete().blockOptional();
	}

	private static void awaitBreaker(LocalInstance instance, String state) {
		await().until(() -> instance.breaker().equals(state));
	}

	private void awaitFollowers(int number) {
		String channel = this.prefix + ":changes";
		await().until(() -> redis.replies("PUBSUB NUMSUB " + channel, 4).get(3).equals(":" + number));
	}

	private String key(LocalInstance instance, String what) {
		return this.prefix + ":{" + instance.primary.id() + "}:" + what;
	}

	private LocalInstance instance(String id, int quorum, Duration sync) {
		return instance(id, quorum, sync, NEVER);
	}

	private LocalInstance instance(String id, int quorum, Duration sync, Duration recoveryTimeout) {
		return add(new LocalInstance(redis.connect(), LocalInstance.redis(this.prefix),
				new ClusterSettings(id, quorum, sync), primary, backup, recoveryTimeout));
	}

	private LettuceConnectionFactory connectAs(String user) {
		RedisStandaloneConfiguration server = new RedisStandaloneConfiguration("127.0.0.1", redis.port());
		server.setUsername(user);
		server.setPassword("secret");
		LettuceConnectionFactory factory = new LettuceConnectionFactory(server);
		factory.afterPropertiesSet();
		factory.start();
		this.opened.add(factory::destroy);
		return factory;
	}

	/** Closed before those that were added earlier. */
	private <T extends AutoCloseable> T add(T closeable) {
		this.opened.add(0, closeable);
		return closeable;
	}

	private static org.awaitility.core.ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(20));
	}

}
