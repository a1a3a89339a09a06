// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.gateway.GatewayServer;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tools of OpenAI that the client carries out itself, such as a patch: the client gets
 * each of them once, and nothing else is needed for an answer.
 */
class ClientActionTests {

	private static final String HEAD = """
			{"type":"response.created","response":{"id":"resp_9","model":"m","status":"in_progress","output":[]}}
			{"type":"response.output_item.added","output_index":0,"item":{"type":"reasoning","id":"rs_9","summary":[]}}
			{"type":"response.output_item.done","output_index":0,"item":{"type":"reasoning","id":"rs_9","summary":[]}}
			""";

	private static final String ITEM = """
			{"type":"response.output_item.added","output_index":1,"item":%1$s}
			{"type":"response.output_item.done","output_index":1,"item":%1$s}
			""";

	private static final String END = """
			{"type":"response.completed","response":{"id":"resp_9","model":"m","status":"completed","output":[],"usage":{"input_tokens":3,"output_tokens":4,"total_tokens":7}}}
			""";

	private static final String PATCH = "{'type':'apply_patch_call','id':'apc_9','call_id':'c1','status':'completed',"
			+ "'operation':{'type':'delete_file','path':'a'}}";

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
					{'type':'apply_patch_call','id':'apc_9','call_id':'c1','status':'completed','operation':{'type':'delete_file','path':'a'}}
					{'type':'shell_call','id':'sh_9','call_id':'c1','status':'completed','action':{'commands':['ls']},'environment':{'type':'local'}}
					{'type':'local_shell_call','id':'lsh_9','call_id':'c1','status':'completed','action':{'type':'exec','command':['ls'],'env':{}}}
					{'type':'computer_call','id':'cu_9','call_id':'c1','status':'completed','action':{'type':'wait'},'pending_safety_checks':[]}
					{'type':'tool_search_call','id':'tsc_9','call_id':'c1','status':'completed','execution':'client','arguments':{}}
					{'type':'mcp_approval_request','id':'mcpr_9','arguments':'{}','name':'n','server_label':'s'}
					{'type':'juggling_call','id':'j_9','call_id':'c1','status':'completed'}
					{'type':'compaction','id':'cmp_9','encrypted_content':'gAAA'}
					""")
	void mayBeTheWholeAnswer(String item) {
		String json = item.replace('\'', '"');
		primary.always(ResponsesFixture.events(HEAD + ITEM.formatted(json) + END));
		check(ask().response(), json);
		primary.always(Outcome.raw(200, "application/json",
				"{\"id\":\"resp_9\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"m\",\"output\":["
						+ "{\"type\":\"reasoning\",\"id\":\"rs_9\",\"summary\":[]}," + json + "]}"));
		check(ResponseEvents.json(ResponsesFixture.post(this.gateway, REQUEST).body()), json);
		check(ask().response(), json);
		assertThat(backup.requests()).isEmpty();
	}

	private static void check(JsonNode response, String item) {
		assertThat(response.path("status").asText()).as(response.toString()).isEqualTo("completed");
		JsonNode expected = ResponseEvents.json(item);
		List<JsonNode> found = ResponseEvents.items(response, expected.path("type").asText());
		assertThat(found).hasSize(1);
		assertThat(found.get(0).path("status")).isEqualTo(expected.path("status"));
		assertThat(found.get(0).path("call_id")).isEqualTo(expected.path("call_id"));
	}

	/** What the provider carries out itself is no answer. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					{'type':'shell_call','id':'sh_9','call_id':'c1','status':'completed','action':{'commands':['ls']},'environment':{'type':'container_reference','container_id':'c'}}
					{'type':'shell_call_output','id':'sho_9','call_id':'c1','status':'completed','output':[]}
					{'type':'tool_search_call','id':'tsc_9','status':'completed','execution':'server','arguments':{}}
					{'type':'mcp_list_tools','id':'mcpl_9','server_label':'s','tools':[]}
					{'type':'file_search_call','id':'fs_9','status':'completed','queries':[]}
					{'type':'program','id':'prog_9','call_id':'c1','code':'1'}
					""")
	void isNotWhatTheProviderDoes(String item) {
		primary.always(ResponsesFixture.events(HEAD + ITEM.formatted(item.replace('\'', '"')) + END));
		backup.always(Outcome.answer("Done."));
		assertThat(ask().text()).isEqualTo("Done.");
	}

	/** A client that applied a patch of a provider that died would apply two. */
	@Test
	void reachesTheClientOnceWhereverTheProviderDies() {
		String patch = PATCH.replace('\'', '"');
		String events = HEAD + ITEM.formatted(patch)
				+ ITEM.formatted(patch.replace("c1", "c2")).replace("\"output_index\":1", "\"output_index\":2") + END;
		backup.always(ResponsesFixture.events(events.replace("\"path\":\"a\"", "\"path\":\"b\"")));
		int all = (int) events.lines().count();
		for (int arrived = 0; arrived <= all; arrived++) {
			primary.always(ResponsesFixture.events(String.join("\n", events.lines().limit(arrived).toList())));
			ResponseEvents answer = ask();
			assertThat(answer.status()).isEqualTo("completed");
			assertThat(answer.items("apply_patch_call")).as("after %s events", arrived)
				.extracting((item) -> item.path("call_id").asText())
				.containsExactly("c1", "c2");
			assertThat(answer.events("response.output_item.done").toString()).as("after %s events", arrived)
				.contains((arrived < all) ? "\"path\":\"b\"" : "\"path\":\"a\"")
				.doesNotContain((arrived < all) ? "\"path\":\"a\"" : "\"path\":\"b\"");
		}
	}

	/** The same behind a text that the client has. */
	@Test
	void reachesTheClientOnceBehindAText() {
		String text = """
				{"type":"response.output_text.delta","output_index":3,"item_id":"msg_9","content_index":0,"delta":"I patch."}
				""";
		String patch = ITEM.formatted(PATCH.replace('\'', '"'));
		primary.always(ResponsesFixture.events(HEAD + text + patch));
		backup.always(ResponsesFixture.events(HEAD + patch + END));
		ResponseEvents answer = ask();
		assertThat(answer.status()).isEqualTo("completed");
		assertThat(answer.items("apply_patch_call")).hasSize(1);
	}

	/** The API insists on the status of patches, and an approval names its question. */
	@Test
	void goesBackWithItsStatusAndWhatItNames() {
		String question = "{'type':'mcp_approval_request','id':'mcpr_9','arguments':'{}','name':'n','server_label':'s'}";
		primary.always(ResponsesFixture.events(HEAD + ITEM.formatted(PATCH.replace('\'', '"'))
				+ ITEM.formatted(question.replace('\'', '"')).replace("\"output_index\":1", "\"output_index\":2")
				+ END));
		ResponseEvents first = ask();
		String id = first.items("mcp_approval_request").get(0).path("id").asText();
		String items = first.response().path("output").toString();
		int before = primary.requestCount();
		primary.always(Outcome.answer("Done."));
		ResponsesFixture.post(this.gateway, "{\"model\":\"auto\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"},"
				+ items.substring(1, items.length() - 1)
				+ ",{'type':'apply_patch_call_output','call_id':'c1','status':'failed','output':'no'}".replace('\'',
						'"')
				+ ",{\"type\":\"mcp_approval_response\",\"approve\":true,\"approval_request_id\":\"" + id + "\"}]}");
		JsonNode input = primary.requests().get(before).body().path("input");
		assertThat(input.toString()).containsOnlyOnce("\"apply_patch_call\"")
			.containsOnlyOnce("\"mcp_approval_request\"")
			.contains("\"id\":\"" + id + "\"", "\"approval_request_id\":\"" + id + "\"");
		input.forEach((item) -> {
			switch (item.path("type").asText()) {
				case "apply_patch_call" -> assertThat(item.path("status").asText()).isEqualTo("completed");
				case "apply_patch_call_output" -> assertThat(item.path("status").asText()).isEqualTo("failed");
				default -> assertThat(item.has("status")).as(item.toString()).isFalse();
			}
		});
	}

	private static final String REQUEST = """
			{"model":"auto","tools":[{"type":"apply_patch"}],"input":"Do it."}""";

	private ResponseEvents ask() {
		return ResponsesFixture.stream(this.gateway, REQUEST.replace("{\"model\"", "{\"stream\":true,\"model\""));
	}

}
