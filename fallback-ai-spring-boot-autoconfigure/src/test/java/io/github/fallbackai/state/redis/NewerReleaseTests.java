// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.OperatorDecision;
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
import reactor.core.Disposables;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What instances of a newer release may keep in Redis and tell, for all that this release
 * knows.
 */
@Tag("slow")
class NewerReleaseTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String VERSION = "0922337203685477581500000000000000000005 ";

	private static final String IN_A_MINUTE = "%in-a-minute%";

	private static RedisProcess redis;

	private static LettuceConnectionFactory connections;

	private static StringRedisTemplate template;

	private final String prefix = "newer-" + UUID.randomUUID();

	private final EndpointId endpoint = new EndpointId("primary", "0123456789abcdef");

	private final RedisStateStore store = new RedisStateStore(connections,
			new RedisStateSettings(this.prefix, PATIENCE));

	@BeforeAll
	static void start() {
		redis = new RedisProcess();
		connections = redis.connect();
		template = new StringRedisTemplate(connections);
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@AfterEach
	void closeStore() {
		this.store.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "open 3 MODEL_ASLEEP - format=2 ends=" + IN_A_MINUTE + "," + IN_A_MINUTE,
			"open 3 MODEL_ASLEEP - further words format=1 ends=" + IN_A_MINUTE + "," + IN_A_MINUTE
					+ ",17 mood=sleepy by=a=b" })
	void aKindOfFailureThatIsNotKnownCoolsDownAndTheBreakerStaysOpen(String words) {
		keep("state", words);
		EndpointState found = this.store.load(this.endpoint).block(PATIENCE);

		assertThat(found.breaker().open()).isTrue();
		assertThat(found.breaker().openings()).isEqualTo(3);
		assertAMinute(found.breaker().remaining());
		assertThat(found.coolDown().cause()).isEqualTo(FailureKind.REFUSED_UNEXPLAINED);
		assertAMinute(found.coolDown().remaining());
	}

	@Test
	void membersThatAreNotKnownAreIgnored() {
		keep("decision", "disabled-for 1 2 =why =pod+7 until=noon format=2 ends=" + IN_A_MINUTE + " team=blue");
		OperatorDecision found = this.store.loadDecision(this.endpoint).block(PATIENCE);

		assertThat(found.disabling().reason()).isEqualTo("why");
		assertAMinute(found.disabling().remaining());
		assertThat(found.origin()).isEqualTo("pod 7");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ajar 3 RATE_LIMITED - format=2 ends=0,0", "ajar 3 RATE_LIMITED -" })
	void aVerdictThatIsNotKnownIsNotFollowedAndGivesWayToGreaterVersionsOnly(String words) {
		keep("state", words);
		assertThat(this.store.load(this.endpoint).blockOptional(PATIENCE)).isEmpty();
		assertThat(this.store.publish(closed(4)).blockOptional(PATIENCE)).isEmpty();
		assertThat(template.opsForValue().get(key("state"))).startsWith(VERSION + "ajar");

		assertThat(this.store.publish(closed(6)).block(PATIENCE)).isEqualTo(closed(6));
	}

	@ParameterizedTest
	@ValueSource(strings = { "format=3", "open 3 RATE_LIMITED - format=3 ends=0,0", "anything else format=3 more",
			"open 3 RATE_LIMITED - format=99999999999999999999 ends=0,0" })
	void aNewerFormatIsNeitherReadNorReplaced(String words) {
		keep("state", words);
		keep("decision", words);
		assertThat(this.store.load(this.endpoint).blockOptional(PATIENCE)).isEmpty();
		assertThat(this.store.loadDecision(this.endpoint).blockOptional(PATIENCE)).isEmpty();
		assertThat(this.store.publish(closed(6)).blockOptional(PATIENCE)).isEmpty();
		OperatorDecision decision = new OperatorDecision(this.endpoint, new Version(7, 6), null, 1, 0);
		assertThat(this.store.publish(decision).blockOptional(PATIENCE)).isEmpty();

		assertThat(template.opsForValue().get(key("state"))).isEqualTo(VERSION + words);
		assertThat(template.opsForValue().get(key("decision"))).isEqualTo(VERSION + words);
		assertThat(this.store.reachable()).isTrue();
	}

	@Test
	void instancesThatCannotReadANewerFormatStillAgreeWhoProbes() {
		keep("state", "format=3");
		assertThat(this.store.lease(this.endpoint, new Version(7, 4), "one", PATIENCE).block(PATIENCE).held()).isTrue();
		assertThat(this.store.lease(this.endpoint, new Version(7, 4), "two", PATIENCE).block(PATIENCE).held())
			.isFalse();
	}

	@Test
	void messagesInAnotherFormAreIgnoredAndOthersFollowed() {
		Queue<EndpointState> states = new ConcurrentLinkedQueue<>();
		Queue<OperatorDecision> decisions = new ConcurrentLinkedQueue<>();
		Disposable.Composite following = Disposables.composite(this.store.changes().subscribe(states::add),
				this.store.decisions().subscribe(decisions::add));
		Awaitility.await().until(() -> {
			tell("mood", "0 0 " + VERSION + "open 1 - -");
			tell("state", "0 0 0 " + VERSION + "open 1 - -");
			tell("state", "0 0 " + VERSION + "ajar 1 - -");
			tell("state", "0 0 " + VERSION + "closed 0 - - format=3");
			tell("decision", "0 " + VERSION + "enabled 0 0 - - format=3");
			tell("decision", "0 " + VERSION + "resting 0 0 - -");
			tell("state", "60000 60000 " + VERSION + "open 1 MODEL_ASLEEP - mood=sleepy ends=1,2,3 format=2");
			tell("decision", "0 " + VERSION + "disabled 0 0 - - mood=sleepy ends=0 format=2");
			return !states.isEmpty() && !decisions.isEmpty();
		});

		assertThat(states).extracting((state) -> state.breaker().openings()).containsOnly(1);
		assertThat(states).allMatch((state) -> state.coolDown().cause() == FailureKind.REFUSED_UNEXPLAINED);
		assertThat(decisions).allMatch((decision) -> decision.disabling() != null);
		following.dispose();
	}

	private void keep(String what, String words) {
		String end = Long.toString(System.currentTimeMillis() + 60_000);
		template.opsForValue().set(key(what), VERSION + words.replace(IN_A_MINUTE, end));
	}

	private void tell(String kind, String text) {
		template.convertAndSend(this.prefix + ":changes", kind + " primary 0123456789abcdef " + text);
	}

	private String key(String what) {
		return this.prefix + ":{primary@0123456789abcdef}:" + what;
	}

	private EndpointState closed(long counter) {
		return new EndpointState(this.endpoint, new Version(7, counter), BreakerVerdict.CLOSED, null);
	}

	private static void assertAMinute(Duration actual) {
		assertThat(actual).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
	}

}
