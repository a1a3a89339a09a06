// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.state.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.fallbackai.endpoint.EndpointId;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.state.BreakerVerdict;
import io.github.fallbackai.state.CoolDown;
import io.github.fallbackai.state.EndpointState;
import io.github.fallbackai.state.OperatorDecision;
import io.github.fallbackai.state.SpendPeriod;
import io.github.fallbackai.state.SpendReport;
import io.github.fallbackai.state.Version;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * During an update, instances of the previous release use the same Redis. Its scripts and
 * values are pinned in the folder {@code previous}.
 */
@Tag("slow")
class PreviousReleaseTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Duration HOUR = Duration.ofHours(1);

	/** What the previous release reads as a state, and as a decision. */
	private static final Pattern STATE = Pattern
		.compile("(\\d+) (\\d+) (\\d{40}) (open|closed) (\\d+) ([A-Z_]+|-) (-|=\\S*)( .*)?");

	private static final Pattern DECISION = Pattern
		.compile("(\\d+) (\\d{40}) (enabled|disabled|disabled-for) (\\d+) (\\d+) (-|=\\S*) (-|=\\S*)( .*)?");

	private static RedisProcess redis;

	private static LettuceConnectionFactory connections;

	private static StringRedisTemplate template;

	private final String prefix = "previous-" + UUID.randomUUID();

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

	@Test
	void itsOpeningAndCoolDownAreRead() {
		keep(1);
		EndpointState found = this.store.load(this.endpoint).block(PATIENCE);

		assertThat(found.version()).isEqualTo(new Version(7, 1));
		assertThat(found.breaker().open()).isTrue();
		assertThat(found.breaker().openings()).isEqualTo(3);
		assertAbout(found.breaker().remaining(), Duration.ofMinutes(2));
		assertThat(found.coolDown().cause()).isEqualTo(FailureKind.RATE_LIMITED);
		assertAbout(found.coolDown().remaining(), Duration.ofMinutes(1));
		assertThat(found.origin()).isEqualTo("pod 7");
	}

	@Test
	void itsClosingIsRead() {
		keep(2);
		assertThat(this.store.load(this.endpoint).block(PATIENCE))
			.isEqualTo(new EndpointState(this.endpoint, new Version(7, 2), BreakerVerdict.CLOSED, null));
	}

	@Test
	void itsDecisionsAreRead() {
		keep(3);
		OperatorDecision found = this.store.loadDecision(this.endpoint).block(PATIENCE);
		assertAbout(found.disabling().remaining(), HOUR);
		assertThat(found).isEqualTo(decision(1, found.disabling(), 3, 5, "pod 7"));
		assertThat(found.disabling().reason()).isEqualTo("moving – 50 %");
		keep(4);
		assertThat(this.store.loadDecision(this.endpoint).block(PATIENCE))
			.isEqualTo(decision(2, new OperatorDecision.Disabling(null, null), 0, 0, null));
		keep(5);
		assertThat(this.store.loadDecision(this.endpoint).block(PATIENCE)).isEqualTo(decision(3, null, 0, 1, "pod 7"));
	}

	@Test
	void itReadsWhatThisOneKeeps() {
		this.store.publish(open(1, "pod 7")).block(PATIENCE);
		Matcher state = match(STATE, run("load", stateKeys()));
		assertThat(state.group(3)).isEqualTo(digits(1));
		assertThat(List.of(state.group(4), state.group(5), state.group(6), state.group(7))).containsExactly("open", "3",
				"RATE_LIMITED", "=pod+7");
		assertAbout(millis(state.group(1)), Duration.ofMinutes(2));
		assertAbout(millis(state.group(2)), Duration.ofMinutes(1));

		this.store.publish(decision(1, new OperatorDecision.Disabling(HOUR, "a b"), 3, 5, "pod 7")).block(PATIENCE);
		Matcher decision = match(DECISION, run("load", decisionKeys()));
		assertThat(List.of(decision.group(2), decision.group(3), decision.group(4), decision.group(5),
				decision.group(6), decision.group(7)))
			.containsExactly(digits(1), "disabled-for", "3", "5", "=a+b", "=pod+7");
		assertAbout(millis(decision.group(1)), HOUR);
	}

	@Test
	void itReadsTheMessagesOfThisOne() {
		try (RedisMonitor monitor = redis.monitor()) {
			this.store.publish(open(1, "pod 7")).block(PATIENCE);
			this.store.publish(decision(1, null, 3, 5, "pod 7")).block(PATIENCE);
			monitor.awaitLine("\"decision primary ");
			assertThat(message(monitor, "state primary 0123456789abcdef ")).matches(STATE);
			assertThat(message(monitor, "decision primary 0123456789abcdef ")).matches(DECISION);
		}
	}

	@Test
	void itsMessagesAreFollowed() {
		Queue<EndpointState> states = new ConcurrentLinkedQueue<>();
		Queue<OperatorDecision> decisions = new ConcurrentLinkedQueue<>();
		Disposable following = this.store.changes().subscribe(states::add);
		Disposable deciding = this.store.decisions().subscribe(decisions::add);
		long[] counter = { 0 };
		Awaitility.await().until(() -> {
			counter[0]++;
			offerState(counter[0], "open 3 RATE_LIMITED =pod+7", "120000", "60000");
			offerDecision(counter[0], "disabled-for 0 0 - =pod+7", "3600000");
			return !states.isEmpty() && !decisions.isEmpty();
		});

		assertAbout(states.peek().breaker().remaining(), Duration.ofMinutes(2));
		assertAbout(states.peek().coolDown().remaining(), Duration.ofMinutes(1));
		assertAbout(decisions.peek().disabling().remaining(), HOUR);
		following.dispose();
		deciding.dispose();
	}

	@Test
	void ofTwoStatesTheGreaterOneWinsWhicheverReleaseOffersIt() {
		this.store.publish(open(2, "pod 7")).block(PATIENCE);
		assertThat(offerState(1, "closed 0 - -", "0", "0")).contains(digits(2) + " open");
		assertThat(offerState(3, "open 4 - -", "30000", "0")).contains(digits(3) + " open 4");
		EndpointState found = this.store.load(this.endpoint).block(PATIENCE);
		assertAbout(found.breaker().remaining(), Duration.ofSeconds(30));
		assertThat(found.coolDown()).isNull();

		assertThat(this.store.publish(open(2, null)).block(PATIENCE).version()).isEqualTo(new Version(7, 3));
		this.store.publish(open(4, null)).block(PATIENCE);
		found = this.store.load(this.endpoint).block(PATIENCE);
		assertAbout(found.breaker().remaining(), Duration.ofMinutes(2));
		assertAbout(found.coolDown().remaining(), Duration.ofMinutes(1));
	}

	@Test
	void onlyOneProbesOfInstancesOfBothReleases() {
		this.store.publish(open(1, null)).block(PATIENCE);
		assertThat(lease("old")).startsWith("1 ");
		assertThat(this.store.lease(this.endpoint, new Version(7, 1), "new", HOUR).block(PATIENCE).held()).isFalse();
		this.store.publish(open(2, null)).block(PATIENCE);
		assertThat(this.store.lease(this.endpoint, new Version(7, 2), "new", HOUR).block(PATIENCE).held()).isTrue();

		assertThat(run("lease", leaseKeys(), digits(2), "old", "60000")).startsWith("0 ");
	}

	@Test
	void votesAndSpendingOfBothReleasesAreCountedTogether() {
		String votes = key("votes");
		assertThat(run("vote", List.of(votes), "old", "60000")).isEqualTo("1");
		assertThat(this.store.vote(this.endpoint, "new", HOUR).block(PATIENCE)).isEqualTo(2);
		run("withdraw", List.of(votes), "new");
		assertThat(run("vote", List.of(votes), "old", "60000")).isEqualTo("1");

		String spend = key("spend:86400000:20500");
		run("spend", List.of(spend), "old", "0000000000000000005", "60000");
		SpendReport report = new SpendReport(this.endpoint, new SpendPeriod(Duration.ofDays(1), 20_500), "new", 7,
				HOUR);
		assertThat(this.store.report(report).block(PATIENCE)).isEqualTo(12);
		assertThat(run("spend", List.of(spend), "old", "0000000000000000006", "60000").split(" "))
			.containsExactlyInAnyOrder("-", "0000000000000000006", "0000000000000000007");
	}

	/** Keeps a block of the pinned values, as the previous release did. */
	private void keep(int block) {
		String[] blocks = resource("values.txt").split("\n\n");
		Arrays.stream(blocks[block].split("\n")).filter((line) -> !line.startsWith("#")).forEach((line) -> {
			String[] parts = line.split(" ", 3);
			template.opsForValue().set(key(parts[0]), (parts.length > 2) ? parts[2] : "");
			if (!parts[1].equals("0")) {
				template.expire(key(parts[0]), Duration.ofMillis(Long.parseLong(parts[1])));
			}
		});
	}

	private String offerState(long counter, String words, String... timers) {
		List<String> arguments = new ArrayList<>(List.of(digits(counter), words, "86400000", this.prefix + ":changes",
				"state primary 0123456789abcdef"));
		arguments.addAll(List.of(timers));
		return run("offer", stateKeys(), arguments.toArray(String[]::new));
	}

	private String offerDecision(long counter, String words, String timer) {
		return run("offer", decisionKeys(), digits(counter), words, "0", this.prefix + ":changes",
				"decision primary 0123456789abcdef", timer);
	}

	private String lease(String holder) {
		return run("lease", leaseKeys(), digits(1), holder, "60000");
	}

	private String run(String script, List<String> keys, String... arguments) {
		return template.execute(RedisScript.of(resource(script + ".lua"), String.class), keys, (Object[]) arguments);
	}

	private List<String> stateKeys() {
		return List.of(key("state"), key("open"), key("rest"));
	}

	private List<String> decisionKeys() {
		return List.of(key("decision"), key("disabled"));
	}

	private List<String> leaseKeys() {
		return List.of(key("state"), key("lease"), key("contested"));
	}

	private String key(String what) {
		return this.prefix + ":{primary@0123456789abcdef}:" + what;
	}

	private static String digits(long counter) {
		return "09223372036854775815" + String.format("%020d", counter);
	}

	private static String message(RedisMonitor monitor, String header) {
		Pattern published = Pattern.compile("\"" + header + "([^\"]*)\"");
		return monitor.lines()
			.stream()
			.map(published::matcher)
			.filter(Matcher::find)
			.map((matcher) -> matcher.group(1))
			.findFirst()
			.orElseThrow();
	}

	private static Matcher match(Pattern pattern, String text) {
		Matcher matcher = pattern.matcher(text);
		assertThat(matcher.matches()).as(text).isTrue();
		return matcher;
	}

	private static Duration millis(String millis) {
		return Duration.ofMillis(Long.parseLong(millis));
	}

	private static void assertAbout(Duration actual, Duration expected) {
		assertThat(actual).isBetween(expected.minus(PATIENCE.dividedBy(2)), expected);
	}

	private EndpointState open(long counter, String origin) {
		return new EndpointState(this.endpoint, new Version(7, counter),
				new BreakerVerdict(true, 3, Duration.ofMinutes(2)),
				new CoolDown(FailureKind.RATE_LIMITED, Duration.ofMinutes(1)), origin);
	}

	private OperatorDecision decision(long counter, OperatorDecision.Disabling disabling, int preference, long resets,
			String origin) {
		return new OperatorDecision(this.endpoint, new Version(7, counter), disabling, preference, resets, origin);
	}

	private static String resource(String name) {
		try {
			return new ClassPathResource("previous/" + name, PreviousReleaseTests.class)
				.getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
