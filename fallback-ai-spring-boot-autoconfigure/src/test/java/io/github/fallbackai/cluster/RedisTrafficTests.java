// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.fallbackai.state.redis.RedisMonitor;
import io.github.fallbackai.state.redis.RedisProcess;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Redis gets to see, as its MONITOR tells.
 */
@Tag("slow")
class RedisTrafficTests {

	private static final String PREFIX = "fallback-ai:traffic";

	private static final Pattern COMMAND = Pattern.compile("\\[\\d+ [^\\]]+\\] (.*)");

	/** What names no key. */
	private static final List<String> CONNECTION = List.of("hello", "client", "info", "script", "ping", "select",
			"time", "monitor", "auth");

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private final RedisProcess redis = new RedisProcess();

	private final RedisMonitor monitor = this.redis.monitor();

	@AfterEach
	void stop() {
		this.monitor.close();
		this.redis.close();
	}

	@Test
	void keysArePrefixedAndNothingThatWasSaidIsSent() {
		try (LocalInstance here = instance("here"); LocalInstance there = instance("there")) {
			transitions(here);
			here.gates.control(here.primary).prefer().block();
			Awaitility.await().until(() -> there.gates.control(there.primary) != null && keys().count() > 20);
		}

		assertThat(keys()).isNotEmpty().allMatch((key) -> key.startsWith(PREFIX + ":"));
		String everything = String.join("\n", this.monitor.lines());
		assertThat(everything).contains(PREFIX)
			.doesNotContain(LocalInstance.KEY)
			.doesNotContain("Question")
			.doesNotContain(backup.answerTo("Question 0").substring(0, 20))
			.doesNotContain("http:");
	}

	@Test
	void aCallInASteadyStateCausesNoCommand() {
		try (LocalInstance here = instance("here")) {
			this.monitor.awaitLine("\"SUBSCRIBE\"");
			assertThat(here.call(3)).isEqualTo(3);
			assertThat(commandsDuring(() -> here.call(100))).isEmpty();
			transitions(here);
			here.call(1);
			assertThat(commandsDuring(() -> here.call(100))).isEmpty();
			assertThat(here.breaker()).isEqualTo("OPEN");
		}
	}

	private void transitions(LocalInstance instance) {
		primary.always(Outcome.status(500));
		assertThat(instance.call(20)).isEqualTo(20);
		Awaitility.await()
			.until(() -> instance.store.load(instance.primary.id()).onErrorComplete().blockOptional().isPresent());
	}

	/** What arrives between two marks; Redis tells in the order of arrival. */
	private List<String> commandsDuring(Runnable work) {
		this.redis.command("ECHO before");
		int before = this.monitor.awaitLine("ECHO\" \"before");
		work.run();
		this.redis.command("ECHO after");
		int after = this.monitor.awaitLine("ECHO\" \"after");
		this.redis.command("ECHO done");
		List<String> lines = List.copyOf(this.monitor.lines()).subList(before + 1, after);
		this.monitor.clear();
		return lines;
	}

	private Stream<String> keys() {
		return this.monitor.lines().stream().map(COMMAND::matcher).filter(Matcher::find).flatMap((matcher) -> {
			String[] words = matcher.group(1).replaceAll("^\"|\"$", "").split("\" \"");
			String command = words[0].toLowerCase();
			if (CONNECTION.contains(command)) {
				return Stream.empty();
			}
			if (command.startsWith("eval")) {
				return Arrays.stream(words, 3, 3 + Integer.parseInt(words[2]));
			}
			return Stream.of(words[1]);
		});
	}

	private LocalInstance instance(String id) {
		return new LocalInstance(this.redis.connect(), LocalInstance.redis(PREFIX),
				new ClusterSettings(id, 1, Duration.ofHours(1)), primary, backup);
	}

}
