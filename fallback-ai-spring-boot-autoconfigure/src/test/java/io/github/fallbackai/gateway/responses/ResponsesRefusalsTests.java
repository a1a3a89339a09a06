// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.GatewayServer;
import io.github.fallbackai.gateway.RawResponse;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests that cannot be answered. Each gets an error that says what is wrong with it.
 */
class ResponsesRefusalsTests {

	private static final String WHOLE = """
			{"model":"auto","instructions":"Be brief.","temperature":0.5,"top_p":0.9,"max_output_tokens":100,
			"store":true,"stream":false,"metadata":{"k":"v"},"truncation":"auto","include":["reasoning.encrypted_content"],
			"reasoning":{"effort":"low","summary":"auto"},"text":{"verbosity":"low","format":{"type":"text"}},
			"parallel_tool_calls":false,"prompt_cache_key":"k","user":"u","service_tier":"auto",
			"tool_choice":{"type":"function","name":"f"},
			"tools":[{"type":"function","name":"f","parameters":{"type":"object"},"strict":true},
			{"type":"custom","name":"c","format":{"type":"grammar","syntax":"lark","definition":"start: x"}},
			{"type":"namespace","name":"n","description":"d","tools":[{"type":"function","name":"f"}]}],
			"input":[{"role":"developer","content":"Hm."},
			{"role":"user","content":[{"type":"input_text","text":"Hi"},
			{"type":"input_image","image_url":"data:image/png;base64,AAAA"},
			{"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,AAAA"}]},
			{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Hm"}],"encrypted_content":"gAAAA"},
			{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Ho"},
			{"type":"refusal","refusal":"No"}]},
			{"type":"function_call","call_id":"c1","name":"f","namespace":"n","arguments":"{}"},
			{"type":"custom_tool_call","call_id":"c2","name":"c","input":"x"},
			{"type":"function_call_output","call_id":"c1","output":[{"type":"input_text","text":"done"},
			{"type":"input_image","image_url":"data:image/png;base64,AAAA"}]},
			{"type":"custom_tool_call_output","call_id":"c2","output":"done"},
			{"role":"user","content":"And?"}]}""";

	private static final long SEED = 20261130;

	@RegisterExtension
	static final ProviderSimulatorExtension provider = ProviderSimulatorExtension.forEndpoint("primary");

	private static GatewayServer gateway;

	@BeforeAll
	static void start() {
		gateway = GatewayServer.before(ResponsesFixture.endpoint(provider, "openai"));
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	/** Each part of the message would have the member. The sum overflows an int. */
	@Test
	void aMemberOfAMessageIsNotMultipliedByItsParts() {
		String part = "{\"type\":\"output_text\",\"text\":\"x\"}";
		String body = "{\"model\":\"auto\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"phase\":\""
				+ "p".repeat(429_488) + "\",\"content\":[" + part + ("," + part).repeat(9_999) + "]}]}";
		RawResponse response = ResponsesFixture.post(gateway, body);
		assertThat(response.status()).isEqualTo(413);
		assertThat(response.body()).contains("request_too_large");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					'input':'x','background':true                                     | background | unsupported_parameter
					'input':'x','conversation':'conv_1'                               | conversation | unsupported_parameter
					'input':'x','prompt':{'id':'p'}                                   | prompt | unsupported_parameter
					'input':'x','previous_response_id':'resp_1'                       | previous_response_id | previous_response_not_found
					'input':'x','previous_response_id':7                              | previous_response_id | invalid_type
					'instructions':'x'                                                | input | missing_required_parameter
					'input':[]                                                        | input | invalid_value
					'input':7                                                         | input | invalid_type
					'input':[7]                                                       | input[0] | invalid_type
					'input':[{'type':'dance'}]                                        | input[0] | unsupported_tool
					'input':[{'type':''}]                                             | input[0].type | invalid_value
					'input':[{'type':7}]                                              | input[0].type | invalid_type
					'input':[{'content':'x'}]                                         | input[0].role | missing_required_parameter
					'input':[{'role':'tool','content':'x'}]                           | input[0].role | invalid_value
					'input':[{'role':'user'}]                                         | input[0].content | missing_required_parameter
					'input':[{'role':'user','content':[]}]                            | input[0].content | invalid_value
					'input':[{'role':'user','content':[{'type':'text','text':'x'}]}]  | input[0].content[0].type | invalid_value
					'input':[{'role':'user','content':[{'type':'input_audio'}]}]      | input[0].content[0].type | unsupported_parameter
					'input':[{'role':'user','content':[{'type':'input_file','file_id':'f'}]}] | input[0].content[0].file_id | unsupported_parameter
					'input':[{'role':'user','content':[{'type':'input_image','image_url':'x y'}]}] | input[0].content[0].image_url | invalid_value
					'input':[{'type':'item_reference','id':'msg_1'}]                  | input[0].id | invalid_value
					'input':[{'type':'web_search_call','id':'ws_1'}]                  | input[0] | unsupported_tool
					'input':[{'id':'msg_1'}]                                          | input[0].id | invalid_value
					'input':[{'type':'compaction','encrypted_content':'x'}]           | input[0] | unsupported_tool
					'input':'x','tools':[{'type':'mcp','server_label':'s'}]           | tools[0] | unsupported_tool
					'input':'x','tools':[{'type':'function'}]                         | tools[0].name | missing_required_parameter
					'input':'x','tools':[{'type':'custom','name':'a'},{'type':'custom','name':'a'}] | tools[1].name | invalid_value
					'input':'x','tool_choice':'perhaps'                               | tool_choice | invalid_value
					'input':'x','tool_choice':{'type':'file_search'}                  | tool_choice | unsupported_tool
					'input':'x','max_output_tokens':0                                 | max_output_tokens | invalid_value
					'input':'x','text':{'format':{'type':'xml'}}                      | text.format.type | invalid_value
					'input':'x','text':{'format':{'type':'json_schema','name':'n'}}   | text.format.schema | missing_required_parameter
					'input':'x','text':{'verbosity':'chatty'}                         | text.verbosity | invalid_value
					'input':'x','truncation':'maybe'                                  | truncation | invalid_value
					'input':'x','stream':'yes'                                        | stream | invalid_type
					'input':'x','store':'yes'                                         | store | invalid_type
					'input':'x','max_tool_calls':0                                    | max_tool_calls | invalid_value
					'input':'x','top_logprobs':21                                     | top_logprobs | invalid_value
					'input':'x','presence_penalty':'high'                             | presence_penalty | invalid_type
					'input':'x','context_management':{'type':'compaction'}            | context_management | invalid_type
					'input':'x','reasoning':{'effort':5}                              | reasoning.effort | invalid_type
					""")
	void saysWhatIsWrong(String members, String param, String code) {
		RawResponse response = ResponsesFixture.post(gateway,
				("{'model':'auto'," + members.strip() + "}").replace('\'', '"'));
		assertThat(response.status()).as(response.body()).isEqualTo(400);
		assertThat(response.error("type")).isEqualTo("invalid_request_error");
		assertThat(response.error("param")).isEqualTo(param);
		assertThat(response.error("code")).isEqualTo(code);
		assertThat(provider.requests()).isEmpty();
	}

	@Test
	void namesTheInputIfItIsTooLong() {
		provider.next(Outcome.raw(400, "application/json",
				"{\"error\":{\"message\":\"This model's maximum context length is 8 tokens.\","
						+ "\"type\":\"invalid_request_error\",\"param\":\"messages\",\"code\":\"context_length_exceeded\"}}"));
		RawResponse response = ResponsesFixture.post(gateway, "{\"model\":\"auto\",\"input\":\"long\"}");
		assertThat(response.error("code")).isEqualTo("context_length_exceeded");
		assertThat(response.error("param")).isEqualTo("input");
	}

	/** One thing of a request with everything is another or is missing. */
	@Test
	void answersEveryMutilatedRequest() {
		provider.always(Outcome.answer("Fine."));
		assertThat(ResponsesFixture.post(gateway, WHOLE).status()).isEqualTo(200);
		Random random = new Random(SEED);
		int refused = 0;
		for (int round = 0; round < 250; round++) {
			JsonNode request = ResponseEvents.json(WHOLE);
			mutilate(request, random);
			RawResponse response = ResponsesFixture.post(gateway, request.toString());
			assertThat(response.status()).as("seed %d, round %d: %s gets %s", SEED, round, request, response.body())
				.isIn(200, 400, 404);
			if (response.status() != 200) {
				refused++;
				assertThat(response.error("message")).isNotBlank();
			}
		}
		assertThat(refused).isBetween(50, 249);
	}

	private static void mutilate(JsonNode request, Random random) {
		List<JsonNode> holders = new ArrayList<>();
		collect(request, holders);
		JsonNode holder = holders.get(random.nextInt(holders.size()));
		JsonNode strange = strange(random);
		if (holder instanceof ObjectNode object) {
			List<String> names = new ArrayList<>();
			object.fieldNames().forEachRemaining(names::add);
			String name = names.get(random.nextInt(names.size()));
			if (random.nextInt(4) == 0) {
				object.remove(name);
			}
			else {
				object.set(name, strange);
			}
		}
		else if (holder instanceof ArrayNode array) {
			array.set(random.nextInt(array.size()), strange);
		}
	}

	private static void collect(JsonNode value, List<JsonNode> holders) {
		if (value.isContainerNode() && !value.isEmpty()) {
			holders.add(value);
			value.forEach((inner) -> collect(inner, holders));
		}
	}

	private static JsonNode strange(Random random) {
		String[] values = { "null", "true", "7", "-1", "1e400", "\"\"", "\"x\"", "[]", "{}", "[[]]", "[{}]",
				"{\"type\":\"x\"}", "\"\\ud800\"", "[null]", "{\"type\":null}", "0.5" };
		return ResponseEvents.json(values[random.nextInt(values.length)]);
	}

}
