// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.suite.FailoverLog;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application writes to its log while providers fail: as little as tells it all.
 */
@ResourceLock("io.github.fallbackai.failover")
class FailoverLogTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String PROMPT = "a prompt that no log may show";

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@RegisterExtension
	final FailoverLog log = new FailoverLog();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(FallbackAiAutoConfiguration.class))
		.withPropertyValues("fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[1].name=backup", "fallback.ai.endpoints[1].model=small")
		.withPropertyValues(primary.properties())
		.withPropertyValues(backup.properties());

	@Test
	void oneLineForEverySwitchOneForTheOpeningAndNoneForRequests() {
		primary.always(Outcome.raw(500, "application/json",
				"{\"error\":{\"message\":\"the provider says: " + PROMPT + "\"}}"));
		this.runner.run((context) -> {
			AiFallbackTemplate template = context.getBean(AiFallbackTemplate.class);
			ask(template, 3);
			assertThat(above(Level.DEBUG)).hasSize(4);
			assertThat(messages(Level.INFO)).hasSize(3)
				.allMatch((line) -> line.matches("Switching from primary to backup \\(model small\\) in chain default: "
						+ "primary: SERVER_ERROR HTTP 500 .*\\[call [0-9a-f]{16}]"));
			assertThat(messages(Level.WARN)).singleElement()
				.asString()
				.matches("Endpoint primary is skipped until \\S+Z \\(\\d+ ms\\): its circuit breaker opened "
						+ "\\(SERVER_ERROR\\); next in chain default: backup \\(small\\)");
			ask(template, 5);
			assertThat(above(Level.DEBUG)).hasSize(4);
			assertThat(messages(Level.DEBUG).stream().filter((line) -> line.startsWith("Attempt "))).hasSize(11);
		});
		assertThat(this.log.lines()).allSatisfy((line) -> {
			assertThat(line.getThrowableProxy()).isNull();
			assertThat(line.getFormattedMessage()).doesNotContain(PROMPT, "provider says");
		});
	}

	@Test
	void quotesTheProviderWhereThatIsSwitchedOn() {
		primary.always(Outcome.raw(500, "application/json", "{\"error\":{\"message\":\"the disk\\nis full\"}}"));
		this.runner.withPropertyValues("fallback.ai.log-provider-messages=true").run((context) -> {
			ask(context.getBean(AiFallbackTemplate.class), 1);
			assertThat(messages(Level.INFO)).singleElement().asString().endsWith("] provider: the disk is full");
			assertThat(messages(Level.DEBUG)).anyMatch((line) -> line.endsWith(" ms provider: the disk is full"));
		});
	}

	@Test
	void oneLineForARecovery() {
		primary.always(Outcome.status(500));
		this.runner.withPropertyValues("fallback.ai.defaults.circuit-breaker.recovery-timeout=200ms").run((context) -> {
			AiFallbackTemplate template = context.getBean(AiFallbackTemplate.class);
			ask(template, 3);
			primary.always(Outcome.healthy());
			Awaitility.await().until(() -> template.chat(PROMPT).block(PATIENCE).endpoint().equals("primary"));
			ask(template, 3);
			assertThat(messages(Level.INFO).stream().filter((line) -> line.equals("Endpoint primary has recovered")))
				.hasSize(1);
		});
	}

	@Test
	void restsNoLongerThanAllowedHoweverLongAProviderAsks() {
		primary.always(Outcome.status(429).withHeader("Retry-After", "172800"));
		this.runner.withPropertyValues("fallback.ai.cool-down.max=1m").run((context) -> {
			ask(context.getBean(AiFallbackTemplate.class), 2);
			assertThat(messages(Level.WARN)).singleElement()
				.asString()
				.matches(
						"Endpoint primary is skipped until \\S+Z \\(6[01]\\d{3} ms\\): it cools down \\(RATE_LIMITED\\);.*");
		});
	}

	@Test
	void oneErrorForACredentialThatIsRefusedAgainAndAgain() {
		primary.always(Outcome.status(401));
		this.runner.withPropertyValues("fallback.ai.cool-down.authentication=0s").run((context) -> {
			ask(context.getBean(AiFallbackTemplate.class), 3);
			assertThat(primary.requestCount()).isGreaterThan(2);
			assertThat(messages(Level.ERROR)).singleElement()
				.asString()
				.contains("Endpoint primary refused its credentials", "check its api-key");
		});
	}

	private static void ask(AiFallbackTemplate template, int times) {
		for (int i = 0; i < times; i++) {
			assertThat(template.chat(PROMPT).block(PATIENCE)).isNotNull();
		}
	}

	private List<ILoggingEvent> above(Level level) {
		return this.log.lines().stream().filter((line) -> line.getLevel().toInt() > level.toInt()).toList();
	}

	private List<String> messages(Level level) {
		return this.log.lines()
			.stream()
			.filter((line) -> line.getLevel() == level)
			.map(ILoggingEvent::getFormattedMessage)
			.toList();
	}

}
