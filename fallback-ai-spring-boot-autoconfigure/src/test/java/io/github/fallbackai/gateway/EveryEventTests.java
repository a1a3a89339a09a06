// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.fallbackai.gateway.messages.MessagesGateway;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.ProviderError;
import io.github.fallbackai.test.wire.ToolCall;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The provider dies at an event of its stream, in each way, behind each protocol. The
 * client gets one well-formed answer, and each tool call once. Some events by default,
 * all with a system property.
 */
class EveryEventTests {

	private static final boolean ALL = Boolean.getBoolean("fallback-ai.test.every-event");

	/** More than any answer here has. */
	private static final int EVENTS = 24;

	private static final String TEXT = "Breakers protect callers. The next model answers!";

	private static final ToolCall WEATHER = ToolCall.of("weather", "{\"city\":\"Oslo\"}");

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static MessagesGateway gateway;

	private static int turn;

	@BeforeAll
	static void start() {
		List<String> properties = new ArrayList<>();
		for (int endpoint = 0; endpoint < 2 * MessagesGateway.KINDS.size(); endpoint += 2) {
			properties.add("--fallback.ai.endpoints[" + endpoint + "].timeout.idle=200ms");
			properties.add("--fallback.ai.endpoints[" + endpoint + "].timeout.first-content=300ms");
		}
		gateway = MessagesGateway.start(first, second, properties.toArray(String[]::new));
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	static Stream<Arguments> cases() {
		return StreamView.PROTOCOLS.keySet()
			.stream()
			.flatMap((path) -> MessagesGateway.KINDS.stream()
				.flatMap((kind) -> Stream.of(Fault.values()).map((fault) -> Arguments.of(path, kind, fault))));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void endsWithOneAnswer(String path, String kind, Fault fault) {
		for (int event : events()) {
			String what = fault + " at " + event;
			for (Scenario scenario : ALL ? Scenario.values() : new Scenario[] { Scenario.values()[turn % 3] }) {
				Answer answer = scenario.answer("Let me see.");
				first.always(fault.after(event, Outcome.answer(answer)));
				second.always((scenario == Scenario.TEXT) ? Outcome.healthy()
						: Outcome.answer(scenario.answer("I will look.")));
				second.answers((request) -> TEXT);
				scenario.check(ask(path, kind, scenario != Scenario.TEXT, what), what);
			}
		}
	}

	private static int[] events() {
		return ALL ? IntStream.range(0, EVENTS).toArray() : new int[] { (5 * turn++) % 7 };
	}

	/** Before every kind of second provider in turn. */
	private static StreamView ask(String path, String kind, boolean tools, String what) {
		gateway.reset();
		StreamView.Protocol protocol = StreamView.PROTOCOLS.get(path);
		String model = kind + '-' + MessagesGateway.KINDS.get(first.requestCount() % MessagesGateway.KINDS.size());
		HttpResponse<String> response = gateway.post(path,
				protocol.request().formatted(model, tools ? protocol.tools() : ""));
		assertThat(response.statusCode()).as("%s, %s: %s", model, what, response.body()).isEqualTo(200);
		return protocol.reader().apply(response.body());
	}

	/** What the provider was about to say. */
	enum Scenario {

		TEXT {

			@Override
			Answer answer(String text) {
				return Answer.text(EveryEventTests.TEXT).withReasoning("Hm, so");
			}

			@Override
			void check(StreamView view, String what) {
				assertThat(view.text()).as(what).isEqualTo(EveryEventTests.TEXT);
				assertThat(view.calls()).isEmpty();
			}

		},

		CALL {

			@Override
			Answer answer(String text) {
				return Answer.toolCalls(WEATHER).withReasoning("Hm, so");
			}

			@Override
			void check(StreamView view, String what) {
				assertThat(view.calls()).as(what).containsExactly(WEATHER.arguments());
				assertThat(view.text()).isEmpty();
			}

		},

		TEXT_AND_CALL {

			@Override
			Answer answer(String text) {
				return Answer.toolCalls(WEATHER).withText(text);
			}

			@Override
			void check(StreamView view, String what) {
				assertThat(view.calls()).as(what).containsExactly(WEATHER.arguments());
				assertThat(view.text()).as(what).matches("(?s)(Let.{0,10})?(I will look\\.)?");
			}

		};

		abstract Answer answer(String text);

		abstract void check(StreamView view, String what);

	}

	/** A way to die. */
	enum Fault {

		RESET, ERROR, SILENCE;

		Outcome after(int events, Outcome outcome) {
			return switch (this) {
				case RESET -> outcome.cutAfterEvents(events).byReset();
				case ERROR -> outcome.errorAfterEvents(events, ProviderError.of(529));
				case SILENCE -> outcome.hangAfterEvents(events);
			};
		}

	}

}
