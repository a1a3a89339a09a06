// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Parameters;
import io.github.fallbackai.gateway.GatewayServer;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * xAI tells its searches in X as calls of custom tools. A client that took them for calls
 * of its own tools would try to carry them out.
 */
class ToolsRunElsewhereTests {

	private static final String BEGIN = """
			{"type":"response.created","response":{"id":"resp_9","model":"m","status":"in_progress","output":[]}}
			""";

	private static final String CALL = """
			{"type":"response.output_item.added","output_index":0,"item":{"type":"custom_tool_call","id":"ctc_9","call_id":"xs_9","name":"%1$s","input":"","status":"in_progress"}}
			{"type":"response.custom_tool_call_input.delta","output_index":0,"item_id":"ctc_9","delta":"rain"}
			{"type":"response.custom_tool_call_input.done","output_index":0,"item_id":"ctc_9","input":"rain"}
			{"type":"response.output_item.done","output_index":0,"item":{"type":"custom_tool_call","id":"ctc_9","call_id":"xs_9","name":"%1$s","input":"rain","status":"completed"}}
			""";

	private static final String RESULT = """
			{"type":"response.output_item.done","output_index":1,"item":{"type":"custom_tool_call_output","id":"ctco_9","call_id":"xs_9","output":"wet"}}
			""";

	private static final String MESSAGE = """
			{"type":"response.output_item.done","output_index":2,"item":{"type":"message","id":"msg_9","role":"assistant","status":"completed","content":[{"type":"output_text","text":"It rains.","annotations":[]}]}}
			""";

	private static final String END = """
			{"type":"response.completed","response":{"id":"resp_9","model":"m","status":"completed","output":[]}}
			""";

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private GatewayServer gateway;

	@BeforeEach
	void start() {
		Endpoint first = ResponsesFixture.endpoint(primary, ResponsesFixture.RESPONSES)
			.toBuilder()
			.limits(AttemptLimits.builder()
				.firstContent(Duration.ofSeconds(20))
				.idle(Duration.ofMillis(300))
				.total(Duration.ofSeconds(30))
				.build())
			.build();
		this.gateway = GatewayServer.withoutBreakers(CallSettings.DEFAULTS, first,
				ResponsesFixture.endpoint(backup, ResponsesFixture.RESPONSES));
		backup.always(Outcome.answer("Done."));
	}

	@AfterEach
	void stop() {
		this.gateway.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void areNoCallsOfTheClients(boolean streamed) {
		primary.always(ResponsesFixture.events(BEGIN + CALL.formatted("x_keyword_search") + MESSAGE + END));
		JsonNode output = ask(streamed);
		assertThat(output.findValuesAsText("type")).startsWith("message").doesNotContain("custom_tool_call");
		assertThat(next(output).toString()).contains("It rains.").doesNotContain("xs_9");
	}

	/** A call whose result comes, too, is as clear as one of any other tool. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void areToldWithTheirResults(boolean streamed) {
		primary.always(ResponsesFixture.events(BEGIN + CALL.formatted("x_keyword_search") + RESULT + MESSAGE + END));
		assertThat(ask(streamed).findValuesAsText("type")).startsWith("custom_tool_call", "custom_tool_call_output",
				"message");
	}

	/** The model goes on when it has the result. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void areNoAnswer(boolean streamed) {
		primary.always(ResponsesFixture.events(BEGIN + CALL.formatted("x_keyword_search") + END));
		assertThat(ask(streamed).toString()).contains("Done.");
	}

	/** A tool of the client's ends an answer, but then its call is still its own. */
	@Test
	void areNotThoseThatTheClientHas() {
		primary.always(ResponsesFixture.events(BEGIN + CALL.formatted("patch") + END));
		JsonNode output = ask(true);
		assertThat(output.path(0).path("type").asText()).isEqualTo("custom_tool_call");
		assertThat(backup.requests()).isEmpty();
	}

	/** Not all tools that a request has are in its list of tools. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void areNotThoseThatTheClientHasElsewhere(boolean streamed) {
		primary.always(ResponsesFixture.events(BEGIN + CALL.formatted("patch") + END));
		String found = "{\"type\":\"tool_search_output\",\"call_id\":\"ts_9\",\"execution\":\"client\",\"status\":\"completed\",\"tools\":"
				+ "[{\"type\":\"namespace\",\"name\":\"files\",\"description\":\"\",\"tools\":[{\"type\":\"custom\",\"name\":\"patch\"}]}]}";
		String call = "{\"type\":\"tool_search_call\",\"call_id\":\"ts_9\",\"execution\":\"client\",\"status\":\"completed\",\"arguments\":{}}";
		JsonNode output = ask(streamed, "\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}," + call + ',' + found
				+ "],\"tools\":[{\"type\":\"tool_search\",\"execution\":\"client\"}]");
		assertThat(output.path(0).path("type").asText()).isEqualTo("custom_tool_call");
		assertThat(backup.requests()).isEmpty();
	}

	/** A client may add all of them in the middle, as Codex does. */
	@ParameterizedTest
	@ValueSource(strings = { "additional_tools", "a_kind_of_tomorrow" })
	void areNotThoseThatTheClientAddsInTheInput(String kind) {
		primary.always(ResponsesFixture.events(BEGIN + CALL.formatted("exec") + END));
		String added = "{\"type\":\"" + kind
				+ "\",\"role\":\"developer\",\"tools\":[{\"type\":\"custom\",\"name\":\"exec\",\"description\":\"Runs\"}]}";
		JsonNode output = ask(true, "\"input\":[" + added + ",{\"role\":\"user\",\"content\":\"Hi\"}]");
		assertThat(output.path(0).path("type").asText()).isEqualTo("custom_tool_call");
		assertThat(backup.requests()).isEmpty();
	}

	/** An operator gives them to an endpoint, and clients know that. */
	@Test
	void areNotThoseThatTheEndpointAdds() {
		Endpoint first = ResponsesFixture.endpoint(primary, ResponsesFixture.RESPONSES)
			.toBuilder()
			.parameters(new Parameters(Map.of("tools", List.of(Map.of("type", "custom", "name", "patch"))), Map.of(),
					Set.of()))
			.build();
		primary.always(ResponsesFixture.events(BEGIN + CALL.formatted("patch") + END));
		try (GatewayServer other = GatewayServer.withoutBreakers(CallSettings.DEFAULTS, first,
				ResponsesFixture.endpoint(backup, ResponsesFixture.RESPONSES))) {
			JsonNode response = ResponsesFixture.stream(other, "{\"stream\":true,\"model\":\"auto\",\"input\":\"Hi\"}")
				.response();
			assertThat(response.path("output").path(0).path("type").asText()).isEqualTo("custom_tool_call");
		}
	}

	/** Many items have no id of a call. They are no results of calls that have none. */
	@Test
	void areNotToldBecauseOfItemsWithoutACall() {
		String search = "{\"type\":\"response.output_item.done\",\"output_index\":1,\"item\":{\"type\":\"web_search_call\",\"id\":\"ws_9\","
				+ "\"status\":\"completed\",\"action\":{\"type\":\"search\",\"query\":\"rain\"}}}\n";
		primary.always(ResponsesFixture
			.events(BEGIN + CALL.formatted("x_keyword_search").replace("xs_9", "") + search + MESSAGE + END));
		JsonNode output = ask(false);
		assertThat(output.findValuesAsText("type")).contains("web_search_call", "message")
			.doesNotContain("custom_tool_call");
		assertThat(next(output).toString()).contains("web_search_call").doesNotContain("x_keyword_search");
	}

	private JsonNode ask(boolean streamed) {
		return ask(streamed,
				"\"input\":\"Hi\",\"tools\":[{\"type\":\"x_search\"},{\"type\":\"custom\",\"name\":\"patch\"}]");
	}

	private JsonNode ask(boolean streamed, String members) {
		String request = "{\"stream\":" + streamed + ",\"model\":\"auto\"," + members + '}';
		return (streamed ? ResponsesFixture.stream(this.gateway, request).response()
				: ResponseEvents.json(ResponsesFixture.post(this.gateway, request).body()))
			.path("output");
	}

	private JsonNode next(JsonNode output) {
		primary.clear();
		primary.always(Outcome.answer("Fine."));
		String items = output.toString();
		ResponsesFixture.post(this.gateway, "{\"model\":\"primary\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"},"
				+ items.substring(1, items.length() - 1) + ",{\"role\":\"user\",\"content\":\"And?\"}]}");
		return primary.requests().get(0).body().path("input");
	}

}
