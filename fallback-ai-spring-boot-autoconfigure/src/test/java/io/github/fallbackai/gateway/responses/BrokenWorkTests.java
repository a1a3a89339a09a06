// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.StringJoiner;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.gateway.GatewayServer;
import io.github.fallbackai.gateway.RawResponse;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Work of a provider that broke off before there was a result does not go to the next
 * endpoint as if it had one.
 */
class BrokenWorkTests {

	private static final String BEGIN = "{\"type\":\"response.created\",\"response\":{\"id\":\"resp_9\",\"model\":\"m\",\"status\":\"in_progress\",\"output\":[]}}\n";

	private static final String END = "{\"type\":\"response.completed\",\"response\":{\"id\":\"resp_9\",\"model\":\"m\",\"status\":\"completed\",\"output\":[]}}\n";

	private static final String ADDED = "{\"type\":\"response.output_item.added\",\"output_index\":%d,\"item\":%s}\n";

	private static final String DONE = "{\"type\":\"response.output_item.done\",\"output_index\":%d,\"item\":%s}\n";

	private static final String MESSAGE = "{\"type\":\"message\",\"id\":\"msg_9\",\"role\":\"assistant\",\"status\":\"completed\","
			+ "\"content\":[{\"type\":\"output_text\",\"text\":\"It rains.\",\"annotations\":[]}]}";

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private GatewayServer gateway;

	@BeforeEach
	void start() {
		this.gateway = GatewayServer.withoutBreakers(CallSettings.DEFAULTS,
				ResponsesFixture.endpoint(primary, ResponsesFixture.RESPONSES),
				ResponsesFixture.endpoint(backup, ResponsesFixture.RESPONSES));
	}

	@AfterEach
	void stop() {
		this.gateway.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					{'type':'web_search_call','status':'searching','action':{'type':'search','query':'rain'}}
					{'type':'code_interpreter_call','status':'incomplete','code':'1','container_id':'c','outputs':[]}
					{'type':'image_generation_call','status':'generating','result':null}
					{'type':'mcp_call','status':'failed','name':'n','server_label':'s','arguments':'{}'}
					{'type':'mcp_list_tools','status':'incomplete','server_label':'s','tools':[]}
					{'type':'tool_search_call','status':'in_progress','execution':'server','arguments':{}}
					{'type':'x_search_call','status':'in_progress'}
					{'type':'shell_call','call_id':'c1','status':'completed','action':{'commands':['ls']},'environment':{'type':'container_reference','container_id':'c'}}
					{'type':'program','call_id':'c1','code':'1'}
					""")
	void doesNotGoBack(String item) {
		JsonNode json = ResponseEvents.json(item.replace('\'', '"'));
		RawResponse response = next("{\"role\":\"assistant\",\"content\":\"It rains.\"}," + json);
		assertThat(input().toString()).contains("It rains.").doesNotContain(json.path("type").asText());
		assertThat(response.header("x-fallback-ai-left-out")).isEqualTo(json.path("type").asText());
	}

	/**
	 * A call without its result would be refused, and so would a result without its call.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "in_progress", "incomplete" })
	void doesNotGoBackInTwoItems(String status) {
		String call = "{'type':'shell_call','call_id':'c1','status':'completed','action':{'commands':['ls']},"
				+ "'environment':{'type':'container_reference','container_id':'c'}}";
		String result = "{'type':'shell_call_output','call_id':'c1','status':'" + status + "','output':%s}";
		next((call + ',' + result.formatted("[]")).replace('\'', '"'));
		assertThat(input().toString()).doesNotContain("shell_call");
		next((call + ',' + result.formatted("[{'stdout':'a','stderr':''}]")).replace('\'', '"'));
		assertThat(input().toString()).contains("\"shell_call\"", "\"shell_call_output\"");
	}

	/** What has a result goes back, and so does what the client has to tell about. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					{'type':'mcp_call','status':'failed','name':'n','server_label':'s','arguments':'{}','error':'down'}
					{'type':'code_interpreter_call','status':'failed','code':'1','container_id':'c','outputs':[{'type':'logs','logs':'1'}]}
					{'type':'image_generation_call','status':'generating','result':'AAAA'}
					{'type':'web_search_call','status':'completed','action':{'type':'search','query':'rain'}}
					{'type':'compaction','encrypted_content':'gAAA'}
					{'type':'apply_patch_call','call_id':'c1','status':'in_progress','operation':{'type':'delete_file','path':'a'}}
					{'type':'apply_patch_call_output','call_id':'c1','status':'failed'}
					{'type':'local_shell_call','call_id':'c1','status':'incomplete','action':{'type':'exec','command':['ls'],'env':{}}}
					{'type':'shell_call','call_id':'c1','status':'incomplete','action':{'commands':['ls']},'environment':{'type':'local'}}
					{'type':'shell_call_output','call_id':'c1','status':'incomplete','output':[]}
					{'type':'computer_call','call_id':'c1','status':'incomplete','action':{'type':'wait'},'pending_safety_checks':[]}
					{'type':'tool_search_call','call_id':'c1','status':'in_progress','execution':'client','arguments':{}}
					{'type':'mcp_approval_request','id':'mcpr_9','arguments':'{}','name':'n','server_label':'s'}
					""")
	void goesBackIfThereIsAResultOrItIsTheClients(String item) {
		JsonNode json = ResponseEvents.json(item.replace('\'', '"'));
		RawResponse response = next(json.toString());
		assertThat(input().path(1).path("type")).isEqualTo(json.path("type"));
		assertThat(input().path(1).path("status")).isEqualTo(json.path("status"));
		assertThat(response.header("x-fallback-ai-left-out")).isNull();
	}

	/**
	 * A program waits while the client carries out what it calls, so it is not broken.
	 */
	@Test
	void goesBackIfAProgramWaitsForTheClient() {
		String program = "{'type':'program','id':'prog_9','call_id':'p1','code':'1'}".replace('\'', '"');
		String call = "{'type':'function_call','id':'fc_9','call_id':'c1','name':'f','arguments':'{}','status':'completed','caller':{'type':'program','caller_id':'p1'}}"
			.replace('\'', '"');
		String result = ",{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"wet\",\"caller\":{\"type\":\"program\",\"caller_id\":\"p1\"}}";
		assertWhole(next(program + ',' + call + result), call);
		primary.clear();
		primary.always(ResponsesFixture.events(BEGIN + DONE.formatted(0, program) + DONE.formatted(1, call) + END));
		String request = "{\"stream\":true,\"model\":\"auto\",\"input\":\"Hi\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]}";
		JsonNode output = ResponsesFixture.stream(this.gateway, request).response().path("output");
		assertThat(output.findValuesAsText("type")).contains("program", "function_call", "reasoning");
		String items = output.toString();
		assertWhole(next(items.substring(1, items.length() - 1) + result), call);
	}

	/** Neither has a result, and no result comes from the client. */
	@Test
	void doesNotGoBackIfAProgramCalledWhatTheProviderRuns() {
		String program = "{'type':'program','id':'prog_9','call_id':'p1','code':'1'}";
		String call = "{'type':'shell_call','call_id':'c1','status':'completed','action':{'commands':['ls']},"
				+ "'environment':{'type':'container_reference','container_id':'c'},'caller':{'type':'program','caller_id':'p1'}}";
		next((program + ',' + call).replace('\'', '"'));
		assertThat(input().toString()).doesNotContain("program", "shell_call");
		String result = "{'type':'shell_call_output','call_id':'c1','status':'completed','output':[{'stdout':'a','stderr':''}],"
				+ "'caller':{'type':'program','caller_id':'p1'}}";
		next((program + ',' + call + ',' + result).replace('\'', '"'));
		assertThat(input().toString()).contains("\"type\":\"program\"", "\"shell_call\"", "\"shell_call_output\"");
	}

	private static void assertWhole(RawResponse response, String call) {
		assertThat(input().toString()).contains("\"type\":\"program\",\"call_id\":\"p1\"", "\"function_call\"",
				"\"function_call_output\"");
		JsonNode caller = ResponseEvents.json(call).path("caller");
		assertThat(input().findValues("caller")).containsExactly(caller, caller);
		assertThat(response.header("x-fallback-ai-left-out")).isNull();
	}

	/**
	 * The provider dies, and what it did is in the response, because the client saw it.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					false | {'type':'mcp_list_tools','id':'mcpl_9','server_label':'s','tools':[]}
					false | {'type':'tool_search_call','id':'tsc_9','status':'in_progress','execution':'server','arguments':{}}
					false | {'type':'shell_call','id':'sh_9','call_id':'c1','status':'in_progress','action':{'commands':['ls']},'environment':{'type':'container_reference','container_id':'c'}}
					true | {'type':'shell_call','id':'sh_9','call_id':'c1','status':'completed','action':{'commands':['ls']},'environment':{'type':'container_reference','container_id':'c'}}
					true | {'type':'program','id':'prog_9','call_id':'c1','code':'1'}
					""")
	void doesNotGoBackIfItsProviderDied(boolean whole, String item) {
		String json = item.replace('\'', '"');
		primary
			.always(ResponsesFixture.events(BEGIN + ADDED.formatted(0, json) + (whole ? DONE.formatted(0, json) : "")));
		backup.always(Outcome.answer("It rains."));
		JsonNode output = ResponsesFixture.stream(this.gateway, "{\"stream\":true,\"model\":\"auto\",\"input\":\"Hi\"}")
			.response()
			.path("output");
		String type = ResponseEvents.json(json).path("type").asText();
		assertThat(output.findValuesAsText("type")).contains(type, "message");
		String items = output.toString();
		next(items.substring(1, items.length() - 1));
		assertThat(input().toString()).contains("It rains.").doesNotContain("\"" + type + "\"");
	}

	/** The same if the provider itself says that its work broke off, and goes on. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void doesNotGoBackWithTheRestOfTheAnswer(boolean streamed) {
		String search = "{\"type\":\"web_search_call\",\"id\":\"ws_9\",\"status\":\"failed\",\"action\":{\"type\":\"search\",\"query\":\"rain\"}}";
		primary.always(ResponsesFixture.events(BEGIN + DONE.formatted(0, search) + DONE.formatted(1, MESSAGE) + END));
		String request = "{\"stream\":" + streamed + ",\"model\":\"auto\",\"input\":\"Hi\"}";
		JsonNode output = (streamed ? ResponsesFixture.stream(this.gateway, request).response()
				: ResponseEvents.json(ResponsesFixture.post(this.gateway, request).body()))
			.path("output");
		assertThat(output.path(0).path("status").asText()).isEqualTo("failed");
		assertThat(output.findValuesAsText("type")).contains("reasoning");
		String items = output.toString();
		next(items.substring(1, items.length() - 1));
		assertThat(input().toString()).contains("It rains.").doesNotContain("web_search_call");
	}

	/**
	 * The provider ends its answer although its work has no result. The item that the
	 * gateway keeps its notes in does not bring the work back.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void doesNotGoBackIfTheAnswerIsIncomplete(boolean all) {
		String call = "{'type':'shell_call','id':'sh_9','call_id':'c1','status':'completed','action':{'commands':['ls']},'environment':{'type':'container_reference','container_id':'c'}}"
			.replace('\'', '"');
		String end = "{'type':'response.incomplete','response':{'id':'resp_9','model':'m','status':'incomplete','incomplete_details':{'reason':'max_output_tokens'},'output':[]}}\n"
			.replace('\'', '"');
		primary.always(ResponsesFixture.events(BEGIN + DONE.formatted(0, MESSAGE) + DONE.formatted(1, call) + end));
		JsonNode output = ResponsesFixture.stream(this.gateway, "{\"stream\":true,\"model\":\"auto\",\"input\":\"Hi\"}")
			.response()
			.path("output");
		assertThat(output.findValuesAsText("type")).contains("shell_call", "reasoning");
		StringJoiner items = new StringJoiner(",");
		output.forEach((item) -> {
			if (all || !item.path("type").asText().equals("shell_call")) {
				items.add(item.toString());
			}
		});
		RawResponse response = next(items.toString());
		assertThat(input().toString()).contains("It rains.").doesNotContain("shell_call");
		assertThat(response.header("x-fallback-ai-left-out")).isEqualTo("shell_call");
	}

	/** A client may return no more than the item that the gateway keeps its notes in. */
	@Test
	void goesBackIfOnlyTheGatewayKnowsTheResult() {
		String call = "{'type':'shell_call','id':'sh_9','call_id':'c1','status':'completed','action':{'commands':['ls']},'environment':{'type':'container_reference','container_id':'c'}}";
		String result = "{'type':'shell_call_output','id':'sho_9','call_id':'c1','status':'completed','output':[{'stdout':'a','stderr':''}]}";
		primary.always(ResponsesFixture.events(BEGIN + DONE.formatted(0, call.replace('\'', '"'))
				+ DONE.formatted(1, result.replace('\'', '"')) + DONE.formatted(2, MESSAGE) + END));
		StringJoiner items = new StringJoiner(",");
		ResponsesFixture.stream(this.gateway, "{\"stream\":true,\"model\":\"auto\",\"input\":\"Hi\"}")
			.response()
			.path("output")
			.forEach((item) -> {
				if (!item.path("type").asText().startsWith("shell_call")) {
					items.add(item.toString());
				}
			});
		RawResponse response = next(items.toString());
		assertThat(input().findValuesAsText("type")).contains("shell_call", "shell_call_output");
		assertThat(response.header("x-fallback-ai-left-out")).isNull();
	}

	private RawResponse next(String items) {
		primary.clear();
		primary.always(Outcome.answer("Fine."));
		return ResponsesFixture.post(this.gateway,
				"{\"model\":\"primary\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}," + items
						+ ",{\"role\":\"user\",\"content\":\"And?\"}]}");
	}

	private static JsonNode input() {
		return primary.requests().get(0).body().path("input");
	}

}
