// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.time.Duration;

import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.gateway.GatewayServer;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An endpoint dies at each event of an answer for which it runs two tools at once. The
 * client gets one response, in which no item stays open.
 */
class HostedToolsCutTests {

	private static final boolean ALL = Boolean.getBoolean("fallback-ai.test.every-event");

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private static GatewayServer gateway;

	@BeforeAll
	static void start() {
		Endpoint first = ResponsesFixture.endpoint(primary, ResponsesFixture.RESPONSES)
			.toBuilder()
			// Silence while a tool works is bounded by the total limit.
			.limits(AttemptLimits.builder()
				.firstContent(Duration.ofMillis(300))
				.idle(Duration.ofMillis(150))
				.total(Duration.ofMillis(500))
				.build())
			.build();
		gateway = GatewayServer.withoutBreakers(CallSettings.DEFAULTS, first,
				ResponsesFixture.endpoint(backup, ResponsesFixture.RESPONSES));
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@ParameterizedTest
	@EnumSource
	void isOneResponseWhereverTheProviderDies(Fault fault) {
		backup.always(Outcome.raw(200, "text/event-stream",
				HostedProgressTests.frames(HostedProgressTests.EVENTS, HostedProgressTests.ALL)));
		int step = (fault == Fault.SILENCE && !ALL) ? 3 : 1;
		for (int arrived = 0; arrived <= HostedProgressTests.ALL; arrived += step) {
			primary.always(fault.after(arrived));
			ResponseEvents events = ResponsesFixture.stream(gateway,
					"{\"stream\":true,\"model\":\"auto\",\"tools\":[{\"type\":\"web_search\"}],\"input\":\"Weather?\"}");
			String what = fault + " after " + arrived;
			assertThat(events.status()).as(what).isEqualTo("completed");
			assertThat(events.text().replace("\n\n", "")).as(what).contains("It rains all day and");
			assertThat(HostedProgressTests.kinds(events)).as(what)
				.contains("message completed", "web_search_call completed", "code_interpreter_call completed")
				.noneMatch((kind) -> kind.endsWith("in_progress"));
		}
	}

	/** A way to die. */
	enum Fault {

		RESET, ERROR, SILENCE;

		Outcome after(int events) {
			String error = (this != ERROR) ? ""
					: "event: error\ndata: {\"type\":\"error\",\"code\":\"server_error\",\"message\":\"down\",\"param\":null}\n\n";
			Outcome outcome = Outcome.raw(200, "text/event-stream",
					HostedProgressTests.frames(HostedProgressTests.EVENTS, events) + error);
			return switch (this) {
				case RESET -> outcome.cutAtEnd().byReset();
				case ERROR -> outcome;
				case SILENCE -> outcome.hangAtEnd();
			};
		}

	}

}
