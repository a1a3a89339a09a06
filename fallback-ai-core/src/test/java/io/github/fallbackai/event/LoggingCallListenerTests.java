// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.event;

import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.failure.AllEndpointsFailedException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.AttemptOutcome;
import io.github.fallbackai.failure.CallRecord;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Skip;
import io.github.fallbackai.failure.SkipReason;
import io.github.fallbackai.status.ChainStatus;
import io.github.fallbackai.status.EndpointStatus;
import io.github.fallbackai.status.FallbackStatus;
import io.github.fallbackai.suite.FailoverLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

import static org.assertj.core.api.Assertions.assertThat;

@ResourceLock("io.github.fallbackai.failover")
class LoggingCallListenerTests {

	private static final CallInfo CALL = new CallInfo("1234abcd", "default", null);

	private static final EndpointStatus PRIMARY = EndpointStatus.builder()
		.name("primary")
		.provider("openai")
		.model("large")
		.available(false)
		.circuitBreaker("OPEN")
		.build();

	private static final EndpointStatus BACKUP = EndpointStatus.builder()
		.name("backup")
		.provider("openai")
		.model("small")
		.build();

	@RegisterExtension
	final FailoverLog log = new FailoverLog();

	private final LoggingCallListener listener = new LoggingCallListener(() -> status(BACKUP));

	@Test
	void namesReasonEndAndSuccessorWhenAnEndpointOpens() {
		this.listener
			.onEvent(new FailoverEvent.EndpointOpened("primary", FailureKind.SERVER_ERROR, Duration.ofSeconds(30)));
		assertLine(Level.WARN).matches("Endpoint primary is skipped until \\S+Z \\(30000 ms\\): its circuit breaker "
				+ "opened \\(SERVER_ERROR\\); next in chain default: backup \\(small\\)");
	}

	@Test
	void saysWhenNobodyIsLeft() {
		new LoggingCallListener(() -> status(null))
			.onEvent(new FailoverEvent.EndpointCooled("primary", FailureKind.RATE_LIMITED, Duration.ofSeconds(5)));
		assertLine(Level.WARN).contains("(5000 ms): it cools down (RATE_LIMITED)")
			.endsWith("next in chain default: none");
	}

	@Test
	void namesTheInstanceThatFoundOut() {
		new LoggingCallListener()
			.onEvent(new FailoverEvent.EndpointOpened("primary", null, Duration.ofSeconds(30), "pod-7"));
		assertLine(Level.WARN).endsWith("(from outside), as instance pod-7 found");
	}

	@Test
	void reportsARecoveryAtInfo() {
		this.listener.onEvent(new FailoverEvent.EndpointClosed("primary"));
		assertLine(Level.INFO).isEqualTo("Endpoint primary has recovered");
	}

	@Test
	void reportsASwitchInOneLineWithItsCall() {
		this.listener
			.onEvent(new FailoverEvent.Switched(CALL, failed(FailureKind.OVERLOADED, 503, null), "backup", "small"));
		assertLine(Level.INFO).isEqualTo("Switching from primary to backup (model small) in chain default: "
				+ "primary: OVERLOADED HTTP 503 after 7 ms [call 1234abcd]");
	}

	@Test
	void reportsRefusedCredentialsOnceUntilTheyChange() {
		this.listener.onEvent(ended(failed(FailureKind.AUTHENTICATION, 401, "invalid_api_key")));
		this.listener.onEvent(ended(failed(FailureKind.AUTHENTICATION, 401, "invalid_api_key")));
		assertThat(errors()).hasSize(1);
		this.listener.onEvent(ended(failed(FailureKind.AUTHENTICATION, 401, "key_expired")));
		assertThat(errors()).hasSize(2);
		this.listener.onEvent(
				ended(Attempt.builder().endpoint("primary").model("large").outcome(AttemptOutcome.SUCCEEDED).build()));
		this.listener.onEvent(ended(failed(FailureKind.AUTHENTICATION, 401, "key_expired")));
		assertThat(errors()).hasSize(3)
			.allSatisfy((line) -> assertThat(line.getFormattedMessage()).contains("primary", "check its api-key"));
	}

	@Test
	void writesNothingAboveDebugForARequest() {
		this.listener.onEvent(ended(failed(FailureKind.SERVER_ERROR, 500, null)));
		this.listener.onEvent(FailoverEvent.CallEnded.builder(CALL, AttemptOutcome.SUCCEEDED)
			.endpoint("backup")
			.model("small")
			.degraded(true)
			.attempts(2)
			.build());
		this.listener.onEvent(FailoverEvent.CallEnded.builder(CALL, AttemptOutcome.FAILED).attempts(2).build());
		assertThat(this.log.lines()).hasSize(3).allSatisfy((line) -> {
			assertThat(line.getLevel()).isEqualTo(Level.DEBUG);
			assertThat(line.getFormattedMessage()).contains("1234abcd");
			assertThat(line.getThrowableProxy()).isNull();
		});
	}

	/** They come from providers, and from other instances by way of the store. */
	@Test
	void namesFromOutsideForgeNoLine() {
		String forged = "x\n2026-01-01 ERROR \u001b[31mforged\u2028\u202etxet";
		String endless = forged + "y".repeat(1000);
		EndpointEvent.Identified named = new EndpointEvent.Identified(forged, forged);
		EndpointEvent.Accepted accepted = new EndpointEvent.Accepted(200, forged);
		assertThat(new EndpointEvent.Identified(endless, endless)).isEqualTo(new EndpointEvent.Identified(null, null));
		assertThat(new EndpointEvent.Finished(FinishReason.OTHER, forged).raw()).doesNotContain("\n");
		this.listener.onEvent(FailoverEvent.CallEnded.builder(CALL, AttemptOutcome.SUCCEEDED)
			.endpoint("backup")
			.model(named.model())
			.build());
		this.listener.onEvent(ended(Attempt.builder()
			.endpoint("primary")
			.model(String.valueOf(named.model()))
			.providerRequestId(accepted.requestId())
			.outcome(AttemptOutcome.SUCCEEDED)
			.build()));
		this.listener.onEvent(new FailoverEvent.EndpointOpened("primary", null, Duration.ofSeconds(30), endless));
		this.listener.onEvent(
				new FailoverEvent.EndpointCooled("primary", FailureKind.OVERLOADED, Duration.ofSeconds(3), endless));
		this.listener.onEvent(new FailoverEvent.EndpointClosed("primary", endless));
		this.listener
			.onEvent(new FailoverEvent.EndpointControlled("primary", ControlAction.DISABLE, null, endless, endless));
		assertThat(this.log.lines()).hasSize(6).allSatisfy((line) -> {
			assertThat(line.getFormattedMessage()).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
			assertThat(line.getFormattedMessage().length()).isLessThan(1000);
		});
		assertThat(named.id()).as("an id that was changed is none").isNull();
		assertThat(accepted.requestId()).isNull();
	}

	@Test
	void writesOneWarningForAFailedCall() {
		CallRecord record = new CallRecord("default", List.of(failed(FailureKind.SERVER_ERROR, 500, "oops")),
				List.of(new Skip("backup", SkipReason.BREAKER_OPEN, null, Duration.ofSeconds(3))));
		this.listener.onEvent(FailoverEvent.CallEnded.builder(CALL, AttemptOutcome.FAILED)
			.attempts(1)
			.duration(Duration.ofMillis(9))
			.exception(new AllEndpointsFailedException(record))
			.build());
		assertLine(Level.WARN).startsWith("Call 1234abcd in chain default failed after 9 ms: ")
			.contains("primary: SERVER_ERROR HTTP 500 oops after 7 ms", "backup: BREAKER_OPEN for 3000 ms");
	}

	@Test
	void boundsTheWarningsOfAnOutage() {
		CallRecord record = new CallRecord("default", List.of(failed(FailureKind.SERVER_ERROR, 500, null)), List.of());
		for (int call = 0; call < 1000; call++) {
			this.listener.onEvent(FailoverEvent.CallEnded.builder(CALL, AttemptOutcome.FAILED)
				.exception(new AllEndpointsFailedException(record))
				.build());
		}
		assertThat(this.log.lines()).hasSizeBetween(20, 40);
	}

	@Test
	void warnsOfAnEndpointThatRefusesEverything() {
		this.listener.onEvent(new FailoverEvent.EndpointRefusing("primary", FailureKind.REFUSED_UNEXPLAINED));
		assertLine(Level.WARN).isEqualTo("Endpoint primary refuses every request (the latest: REFUSED_UNEXPLAINED) and "
				+ "is asked all the same: check its account, url, model and parameters");
	}

	@Test
	void quotesNoProviderUnlessAsked() {
		Failure cause = cause(FailureKind.OVERLOADED, "too many users like you");
		this.listener.onEvent(switched(cause));
		this.listener.onEvent(ended(cause));
		assertThat(this.log.lines()).hasSize(2)
			.noneMatch((line) -> line.getFormattedMessage().contains("too many users"));
	}

	@Test
	void quotesTheProviderOfAFailedAttemptWhenAsked() {
		LoggingCallListener quoting = new LoggingCallListener(() -> null, true);
		Failure cause = cause(FailureKind.OVERLOADED, " too many\r\nusers\t\u001b[31m\u2028like\u202e you ");
		quoting.onEvent(switched(cause));
		quoting.onEvent(ended(cause));
		assertThat(this.log.lines()).extracting(ILoggingEvent::getFormattedMessage)
			.containsExactly(
					"Switching from primary to backup (model small) in chain default: primary: OVERLOADED HTTP 503 "
							+ "after 7 ms [call 1234abcd] provider: too many users [31m like you",
					"Attempt 1 of call 1234abcd in chain default ended: primary: OVERLOADED HTTP 503 after 7 ms "
							+ "provider: too many users [31m like you");
	}

	@Test
	void quotesAtMostFiveHundredCharactersAndNoHalfOfOne() {
		LoggingCallListener quoting = new LoggingCallListener(() -> null, true);
		quoting.onEvent(ended(cause(FailureKind.OVERLOADED, "x".repeat(500))));
		quoting.onEvent(ended(cause(FailureKind.OVERLOADED, "x".repeat(498) + "\uD83D\uDE00!")));
		assertThat(this.log.lines()).extracting(ILoggingEvent::getFormattedMessage)
			.extracting((line) -> line.substring(line.indexOf(" provider: ") + " provider: ".length()))
			.containsExactly("x".repeat(500), "x".repeat(498) + "\u2026");
	}

	@Test
	void addsNothingWhereNobodySaidAnythingOrAKeyMayBeQuoted() {
		LoggingCallListener quoting = new LoggingCallListener(() -> null, true);
		quoting.onEvent(ended(cause(FailureKind.OVERLOADED, null)));
		quoting.onEvent(ended(cause(FailureKind.OVERLOADED, " \n ")));
		quoting.onEvent(ended((Failure) null));
		quoting.onEvent(ended(cause(FailureKind.AUTHENTICATION, "Incorrect API key provided: sk-4711")));
		assertThat(this.log.lines()).hasSize(4).noneMatch((line) -> line.getFormattedMessage().contains("provider:"));
	}

	@Test
	void noEventShowsWhatAProviderSaidByItself() throws Exception {
		Failure cause = cause(FailureKind.OVERLOADED, "too many users like you");
		ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();
		for (FailoverEvent event : List.of(switched(cause), ended(cause))) {
			assertThat(event.toString()).contains("OVERLOADED").doesNotContain("too many users");
			assertThat(mapper.writeValueAsString(event)).contains("OVERLOADED").doesNotContain("too many users");
		}
	}

	private static Failure cause(FailureKind kind, String words) {
		return Failure.of(kind).httpStatus(503).providerMessage(words).build();
	}

	private static FailoverEvent switched(Failure cause) {
		return new FailoverEvent.Switched(CALL, failed(FailureKind.OVERLOADED, 503, null), "backup", "small", cause);
	}

	private static FailoverEvent ended(Failure cause) {
		return new FailoverEvent.AttemptEnded(CALL, failed(FailureKind.OVERLOADED, 503, null), cause);
	}

	private org.assertj.core.api.AbstractStringAssert<?> assertLine(Level level) {
		assertThat(this.log.lines()).hasSize(1);
		assertThat(this.log.lines().get(0).getLevel()).isEqualTo(level);
		return assertThat(this.log.lines().get(0).getFormattedMessage());
	}

	private List<ILoggingEvent> errors() {
		return this.log.lines().stream().filter((line) -> line.getLevel() == Level.ERROR).toList();
	}

	private static FailoverEvent ended(Attempt attempt) {
		return new FailoverEvent.AttemptEnded(CALL, attempt);
	}

	private static Attempt failed(FailureKind kind, int status, String code) {
		return Attempt.builder()
			.endpoint("primary")
			.model("large")
			.outcome(AttemptOutcome.FAILED)
			.failure(kind)
			.httpStatus(status)
			.providerCode(code)
			.duration(Duration.ofMillis(7))
			.build();
	}

	private static FallbackStatus status(EndpointStatus active) {
		ChainStatus chain = ChainStatus.builder()
			.active(active)
			.degraded(true)
			.endpoints(List.of(PRIMARY, BACKUP))
			.build();
		return FallbackStatus.builder().defaultChain(chain).chains(List.of(chain)).build();
	}

}
