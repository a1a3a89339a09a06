// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.gateway.GatewayServer;
import io.github.fallbackai.gateway.GatewaySettings;
import io.github.fallbackai.gateway.RawResponse;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tools that a provider runs itself go to endpoints that are asked by the Responses API.
 */
class HostedToolsTests {

	private static final String REQUEST = """
			{"model":"auto","tools":[{"type":"function","name":"f"},{"type":"web_search","user_location":{"type":"approximate"}}],
			"include":["web_search_call.action.sources"],"tool_choice":{"type":"web_search"},
			"input":[{"role":"user","content":"News?"},
			{"type":"web_search_call","id":"ws_1","status":"completed","action":{"type":"search","query":"news"}},
			{"role":"user","content":"And?"}]}
			""";

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@Test
	void goToEndpointsThatHaveThem() {
		backup.always(Outcome.answer("Done."));
		try (GatewayServer gateway = GatewayServer.before(ResponsesFixture.endpoint(primary, "openai"),
				ResponsesFixture.endpoint(backup, ResponsesFixture.RESPONSES))) {
			RawResponse response = ResponsesFixture.post(gateway, REQUEST);
			assertThat(response.status()).as(response.body()).isEqualTo(200);
			assertThat(response.header("x-fallback-ai-left-out")).isNull();
		}
		assertThat(primary.requests()).isEmpty();
		JsonNode body = backup.requests().get(0).body();
		assertThat(body.path("tools").findValuesAsText("type")).startsWith("function").contains("web_search");
		assertThat(body.path("tools").toString()).contains("user_location");
		assertThat(body.path("tool_choice").path("type").textValue()).isEqualTo("web_search");
		assertThat(body.path("include").toString()).contains("reasoning.encrypted_content", "action.sources");
		assertThat(body.path("input").toString()).contains("\"query\":\"news\"");
	}

	/** The names are those that endpoints have. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					{'type':'function','namespace':'files','name':'read'} | {'type':'function','name':'files__read'} | web_search mcp
					{'type':'custom','name':'patch'}                      | {'type':'function','name':'patch'} | web_search mcp
					{'type':'mcp','server_label':'s','name':'n'}          | {'type':'mcp','server_label':'s','name':'n'} | web_search mcp
					'required'                                            | 'required' | web_search mcp
					{'type':'allowed_tools','mode':'required','tools':[{'type':'mcp','server_label':'s'}]} | 'required' | mcp
					{'type':'allowed_tools','tools':[{'type':'mcp','server_label':'t'},{'type':'custom','name':'patch'}]} | 'auto' | ""
					""")
	void areChosenByTheirNamesAtTheProvider(String choice, String sent, String hosted) {
		backup.always(Outcome.answer("Done."));
		try (GatewayServer gateway = GatewayServer
			.before(ResponsesFixture.endpoint(backup, ResponsesFixture.RESPONSES))) {
			RawResponse response = ResponsesFixture.post(gateway, ("{'model':'auto','input':'x','tool_choice':" + choice
					+ ",'tools':[{'type':'namespace','name':'files','tools':[{'type':'function','name':'read'}]},"
					+ "{'type':'custom','name':'patch'},{'type':'web_search'},{'type':'mcp','server_label':'s'}]}")
				.replace('\'', '"'));
			assertThat(response.status()).as(response.body()).isEqualTo(200);
			OpenResponsesShape.checkResponse(ResponseEvents.json(response.body()));
		}
		JsonNode body = backup.requests().get(0).body();
		assertThat(body.path("tool_choice")).isEqualTo(ResponseEvents.json(sent.replace('\'', '"')));
		List<String> types = new ArrayList<>(body.path("tools").findValuesAsText("type"));
		types.removeIf((type) -> !type.equals("web_search") && !type.equals("mcp"));
		assertThat(String.join(" ", types)).isEqualTo(hosted);
	}

	/** A choice of a tool that is not there reaches the provider, which says so. */
	@Test
	void areChosenAlsoIfTheRequestHasNone() {
		backup.always(Outcome.answer("Done."));
		try (GatewayServer gateway = GatewayServer
			.before(ResponsesFixture.endpoint(backup, ResponsesFixture.RESPONSES))) {
			ResponsesFixture.post(gateway,
					"{\"model\":\"auto\",\"input\":\"x\",\"tool_choice\":{\"type\":\"web_search\"}}");
		}
		assertThat(backup.requests().get(0).body().at("/tool_choice/type").asText()).isEqualTo("web_search");
	}

	/** The API brings new kinds of items, and what it wrote has to go back. */
	@ParameterizedTest
	@ValueSource(strings = { "compaction", "compaction_trigger", "configuration_update", "juggling_call" })
	void goBackWithItemsOfAnyKind(String type) {
		backup.always(Outcome.answer("Done."));
		try (GatewayServer gateway = GatewayServer.before(ResponsesFixture.endpoint(primary, "openai"),
				ResponsesFixture.endpoint(backup, ResponsesFixture.RESPONSES))) {
			RawResponse response = ResponsesFixture.post(gateway,
					("{'model':'auto','input':[{'role':'user','content':'Hi'},{'type':'" + type
							+ "','id':'x_1','encrypted_content':'gAAA'},{'role':'user','content':'And?'}]}")
						.replace('\'', '"'));
			assertThat(response.status()).as(response.body()).isEqualTo(200);
		}
		assertThat(primary.requests()).isEmpty();
		JsonNode item = backup.requests().get(0).body().path("input").path(1);
		assertThat(item).isEqualTo(ResponseEvents.json("{\"type\":\"" + type + "\",\"encrypted_content\":\"gAAA\"}"));
	}

	/** What such a tool did comes between the other items, and goes back as it came. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void showTheClientWhatTheyDid(boolean streamed) {
		String search = "{\"type\":\"web_search_call\",\"id\":\"ws_9\",\"status\":\"completed\",\"action\":{\"type\":\"search\",\"query\":\"rain\"}}";
		String message = "{\"type\":\"message\",\"id\":\"msg_9\",\"role\":\"assistant\",\"status\":\"completed\",\"content\":[{\"type\":\"output_text\",\"text\":\"It rains.\",\"annotations\":[]}]}";
		String whole = "{\"id\":\"resp_9\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"m\",\"output\":["
				+ search + "," + message + "],\"usage\":{\"input_tokens\":3,\"output_tokens\":4,\"total_tokens\":7}}";
		backup.always(Outcome.raw(200, "application/json", whole));
		try (GatewayServer gateway = GatewayServer
			.before(ResponsesFixture.endpoint(backup, ResponsesFixture.RESPONSES))) {
			String request = REQUEST.replace("{\"model\"", "{\"stream\":" + streamed + ",\"model\"");
			String body = ResponsesFixture.post(gateway, request).body();
			JsonNode output = streamed ? ResponseEvents.of(body).response().path("output")
					: GatewayJson.read(body.getBytes()).value().path("output");
			assertThat(output.findValuesAsText("type")).startsWith("web_search_call").contains("message", "reasoning");
			assertThat(output.path(0).at("/action/query").asText()).isEqualTo("rain");
			assertThat(output.path(0).path("status").asText()).isEqualTo("completed");
			String items = output.toString();
			ResponsesFixture.post(gateway, "{\"model\":\"auto\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"},"
					+ items.substring(1, items.length() - 1) + ",{\"role\":\"user\",\"content\":\"And?\"}]}");
		}
		JsonNode input = backup.requests().get(1).body().path("input");
		assertThat(input.toString()).containsOnlyOnce("\"query\":\"rain\"").containsOnlyOnce("It rains.");
	}

	@Test
	void areLeftOutElsewhereIfTheSettingsSaySo() {
		ResponsesSettings responses = new ResponsesSettings(HostedTools.LEAVE_OUT, 10, 1 << 20, Duration.ofHours(1));
		GatewaySettings settings = new GatewaySettings("/v1", Set.of(), 1 << 20, Duration.ZERO, false)
			.withResponses(responses);
		primary.always(Outcome.answer("Done."));
		try (GatewayServer gateway = GatewayServer.with(CallSettings.DEFAULTS, settings,
				ResponsesFixture.endpoint(primary, "gemini"),
				ResponsesFixture.endpoint(backup, ResponsesFixture.RESPONSES))) {
			RawResponse response = ResponsesFixture.post(gateway, REQUEST);
			assertThat(response.status()).as(response.body()).isEqualTo(200);
			assertThat(response.header("x-fallback-ai-left-out")).contains("web_search", "web_search_call",
					"include:web_search_call.action.sources");
		}
		assertThat(primary.requests().get(0).body().toString()).doesNotContain("web_search");
	}

}
