// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.net.http.HttpResponse;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.gateway.messages.MessagesGateway;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nothing that a client sent is dropped in silence: a header says what the endpoint that
 * answered did not get.
 */
class LeftOutTests {

	private static final String CHAT = """
			{"model":"%s-openai","stream":%s,"temperature":0.5,"top_p":0.9,"seed":7,"frequency_penalty":0.5,
			"logit_bias":{"50256":-100},"logprobs":true,"reasoning_effort":"high","user":"u-1","top_k":4,"guided_json":{},
			"parallel_tool_calls":false,"store":false,"service_tier":"auto","stream_options":{"include_usage":true},
			"my_hint":{"a":1},"tools":[{"type":"function","function":{"name":"f","strict":true}}],
			"messages":[{"role":"system","content":"Be brief.","my_weight":2},
			{"role":"user","name":"Ada","prefix":true,"content":[{"type":"text","text":"Hi","my_mark":1,"other_mark":2}]}]}
			""";

	private static final String MESSAGES = """
			{"model":"%s-openai","stream":%s,"max_tokens":100,"top_k":4,"service_tier":"standard_only",
			"thinking":{"type":"enabled","budget_tokens":2000},"metadata":{"user_id":"u-1"},"my_hint":{"a":1},
			"system":[{"type":"text","text":"Be brief.","my_tone":"dry"}],
			"tools":[{"name":"f","input_schema":{"type":"object"},"defer_loading":true}],
			"messages":[{"role":"user","content":[{"type":"text","text":"Hi","my_mark":1}]}]}
			""";

	private static final String RESPONSES = """
			{"model":"%s-openai","stream":%s,"temperature":0.5,"top_p":0.9,"reasoning":{"effort":"high","summary":"auto"},
			"text":{"verbosity":"low"},"truncation":"auto","user":"u-1","my_hint":{"a":1},"max_tool_calls":3,
			"tools":[{"type":"function","name":"f","defer_loading":true},{"type":"custom","name":"c","allowed_callers":["x"]},
			{"type":"namespace","name":"n","my_rank":1,"tools":[{"type":"function","name":"g","output_schema":{"a":1},"strict":true}]}],
			"input":[{"role":"system","content":[{"type":"input_text","text":"Be brief.","my_mark":1}]},
			{"role":"user","my_weight":1,"content":[{"type":"input_text","text":"Hi","prompt_cache_breakpoint":{"mode":"explicit"}},
			{"type":"input_image","image_url":"data:image/png;base64,AAAA","my_zoom":2}]},
			{"type":"reasoning","summary":[],"my_depth":1},{"role":"assistant","phase":"commentary","content":
			[{"type":"output_text","text":"I look.","annotations":[{"type":"x"}],"logprobs":[]}]},
			{"type":"function_call","call_id":"c1","name":"f","arguments":"{}","caller":{"type":"direct"}},
			{"type":"function_call_output","call_id":"c1","my_cost":1,"output":[{"type":"input_text","text":"x","my_tone":1}]}],
			"top_logprobs":2,"presence_penalty":0.5,"frequency_penalty":0,"context_management":[{"type":"compaction"}]}
			""";

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static MessagesGateway gateway;

	@BeforeAll
	static void start() {
		gateway = MessagesGateway.start(first, second, "--fallback.ai.gateway.responses.hosted-tools=leave-out",
				"--fallback.ai.gateway.pass-through=guided_json,top_k,messages.my_weight,messages.content.my_mark");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			openai    | my_hint logprobs messages.prefix messages.content.other_mark
			responses | my_hint logprobs messages.prefix messages.content.other_mark seed frequency_penalty logit_bias \
			messages.name messages.my_weight messages.content.my_mark
			anthropic | my_hint logprobs messages.prefix messages.content.other_mark seed frequency_penalty logit_bias \
			messages.name messages.my_weight messages.content.my_mark top_k reasoning_effort top_p tools.strict
			gemini    | my_hint logprobs messages.prefix messages.content.other_mark logit_bias messages.name \
			messages.my_weight messages.content.my_mark top_k reasoning_effort tools.strict user parallel_tool_calls
			""")
	void ofChatCompletions(String kind, String names) {
		check("/v1/chat/completions", CHAT, kind, names);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					openai    | top_k service_tier my_hint anthropic-beta tools.defer_loading messages.content.my_mark system.my_tone
					responses | top_k service_tier my_hint anthropic-beta tools.defer_loading messages.content.my_mark system.my_tone
					anthropic | ''
					gemini    | service_tier my_hint anthropic-beta tools.defer_loading messages.content.my_mark system.my_tone metadata.user_id
					""")
	void ofMessages(String kind, String names) {
		check("/v1/messages", MESSAGES, kind, names);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			openai    | reasoning.summary truncation max_tool_calls context_management
			responses | ''
			anthropic | reasoning.summary truncation reasoning.effort text.verbosity top_p max_tool_calls \
			context_management presence_penalty tools.strict
			gemini    | reasoning.summary truncation reasoning.effort text.verbosity user max_tool_calls \
			context_management tools.strict
			""")
	void ofResponses(String kind, String names) {
		String nowhere = " my_hint top_logprobs tools.my_rank input.my_weight input.content.my_zoom input.my_depth "
				+ "input.content.annotations input.my_cost input.content.my_tone";
		String own = " tools.defer_loading tools.allowed_callers tools.output_schema input.content.my_mark "
				+ "input.content.prompt_cache_breakpoint input.phase input.caller";
		check("/v1/responses", RESPONSES, kind, (names + nowhere + (kind.equals("responses") ? "" : own)).strip());
	}

	private static void check(String path, String body, String kind, String names) {
		first.answers((request) -> "Fine.");
		String[] expected = names.isEmpty() ? new String[0] : names.split(" +");
		for (boolean stream : new boolean[] { false, true }) {
			HttpResponse<String> response = gateway.post(path, body.formatted(kind, stream), "anthropic-beta", "new-1");
			assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
			assertThat(leftOut(response)).as("%s %s", kind, stream).containsExactlyInAnyOrder(expected);
		}
	}

	/** Members of parts and calls in messages of every role. */
	@Test
	void ofEveryRole() {
		first.answers((request) -> "Fine.");
		int before = first.requestCount();
		HttpResponse<String> response = gateway.post("/v1/chat/completions",
				"""
						{"model":"openai-openai","messages":[
						{"role":"system","content":[{"type":"text","text":"Be brief.","my_mark":1,"s_mark":1}]},
						{"role":"user","content":"Hi"},
						{"role":"assistant","content":[{"type":"text","text":"So.","my_mark":2,"a_mark":1}],"tool_calls":[
						{"id":"call_1","type":"function","c_mark":1,"function":{"name":"f","arguments":"{}","f_mark":1}}]},
						{"role":"tool","tool_call_id":"call_1","content":[{"type":"text","text":"1","my_mark":3,"t_mark":1}]}]}""");
		assertThat(leftOut(response)).containsExactlyInAnyOrder("messages.content.s_mark", "messages.content.a_mark",
				"messages.content.t_mark", "messages.tool_calls.c_mark", "messages.tool_calls.function.f_mark");
		JsonNode messages = first.requests().get(before).body().path("messages");
		assertThat(messages.at("/0/content/0/my_mark").intValue()).isEqualTo(1);
		assertThat(messages.at("/2/content/0/my_mark").intValue()).isEqualTo(2);
		assertThat(messages.at("/3/content/0/my_mark").intValue()).isEqualTo(3);
		assertThat(messages.toString()).doesNotContain("s_mark", "a_mark", "t_mark", "c_mark", "f_mark");
		assertThat(leftOut(gateway.post("/v1/chat/completions",
				"""
						{"model":"gemini-openai","messages":[{"role":"system","content":[{"type":"text","text":"So.","my_mark":1}]},
						{"role":"user","content":"Hi"}]}""")))
			.containsExactly("messages.content.my_mark");
	}

	/** A tool of Anthropic's own cannot be chosen elsewhere. */
	@ParameterizedTest
	@CsvSource({ "openai, false", "gemini, false", "anthropic, true" })
	void ofAChoiceOfATool(String kind, boolean chosen) {
		first.answers((request) -> "Fine.");
		int before = first.requestCount();
		HttpResponse<String> response = gateway.post("/v1/messages",
				"""
						{"model":"%s-openai","max_tokens":100,"tool_choice":{"type":"tool","name":"web_search"},
						"tools":[{"type":"web_search_20250305","name":"web_search"},{"name":"f","input_schema":{"type":"object"}}],
						"messages":[{"role":"user","content":"Hi"}]}"""
					.formatted(kind));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		String[] names = chosen ? new String[0] : new String[] { "tools.web_search_20250305", "tool_choice" };
		assertThat(leftOut(response)).containsExactlyInAnyOrder(names);
		assertThat(first.requests().get(before).body().toString().contains("web_search")).isEqualTo(chosen);
	}

	private static List<String> leftOut(HttpResponse<String> response) {
		return response.headers()
			.firstValue("x-fallback-ai-left-out")
			.map((names) -> List.of(names.split(", ")))
			.orElse(List.of());
	}

	@Test
	void saysItForTheEndpointThatAnswered() {
		second.answers((request) -> "Fine.");
		for (boolean stream : new boolean[] { false, true }) {
			gateway.reset();
			first.always(Outcome.status(500));
			HttpResponse<String> response = gateway.post("/v1/chat/completions", CHAT.formatted("gemini", stream));
			assertThat(response.headers().firstValue("x-fallback-ai-endpoint")).contains("second-openai");
			assertThat(leftOut(response)).contains("my_hint").doesNotContain("logit_bias", "top_k", "user");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					responses | 'max_tool_calls':3 'presence_penalty':0.5 'context_management':[{'type':'compaction'}] \
					'defer_loading':true 'allowed_callers':['x'] 'output_schema':{'a':1} 'my_mark':1 'prompt_cache_breakpoint':{'mode':'explicit'} \
					'phase':'commentary' 'caller':{'type':'direct'}
					openai    | 'presence_penalty':0.5
					gemini    | 'presencePenalty':0.5
					""")
	void passesOnParametersOfResponses(String kind, String members) {
		gateway.reset();
		int before = first.requestCount();
		first.answers((request) -> "Fine.");
		gateway.post("/v1/responses", RESPONSES.formatted(kind, false));
		String body = first.requests().get(before).body().toString();
		assertThat(body).contains(members.replace('\'', '"').split(" ")).doesNotContain("requency", "further");
	}

	/**
	 * The API is strict as far as a schema allows it, unless it is told something else.
	 */
	@Test
	void leavesItToTheApiWhetherAFunctionIsStrict() {
		gateway.reset();
		int before = first.requestCount();
		first.answers((request) -> "Fine.");
		gateway.post("/v1/responses", RESPONSES.formatted("responses", false));
		JsonNode tools = first.requests().get(before).body().path("tools");
		assertThat(tools).hasSize(3);
		assertThat(tools.path(0).has("strict")).isFalse();
		assertThat(tools.path(1).path("strict").booleanValue()).isFalse();
		assertThat(tools.path(2).path("strict").booleanValue()).isTrue();
	}

	@Test
	void passesOnWhatTheSettingsList() {
		gateway.reset();
		int before = first.requestCount();
		first.answers((request) -> "Fine.");
		gateway.post("/v1/chat/completions", CHAT.formatted("openai", false));
		JsonNode body = first.requests().get(before).body();
		assertThat(body.path("top_k").intValue()).isEqualTo(4);
		assertThat(body.path("logit_bias").path("50256").intValue()).isEqualTo(-100);
		assertThat(body.path("messages").path(0).path("my_weight").intValue()).isEqualTo(2);
		JsonNode user = body.path("messages").path(1);
		assertThat(user.path("name").textValue()).isEqualTo("Ada");
		assertThat(user.path("content").path(0).path("my_mark").intValue()).isEqualTo(1);
		assertThat(body.toString()).doesNotContain("my_hint", "other_mark", "prefix");
	}

}
