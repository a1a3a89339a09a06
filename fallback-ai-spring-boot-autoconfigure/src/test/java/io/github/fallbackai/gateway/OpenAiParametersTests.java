// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.messages.MessagesGateway;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What OpenAI documents for one of its APIs reaches endpoints that are asked by either of
 * them, in the form of that API, or a header says that it does not.
 */
class OpenAiParametersTests {

	private static final String CHAT = """
			{"model":"%s-openai","messages":[{"role":"user","content":[{"type":"text","text":"Hi"},
			{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}}]}],
			"tools":[{"type":"function","function":{"name":"f"}},{"type":"function","function":{"name":"g"}}]%s}
			""";

	private static final String RESPONSES = """
			{"model":"%s-openai","input":[{"role":"user","content":[{"type":"input_text","text":"Hi"},
			{"type":"input_image","image_url":"https://example.com/a.png","detail":"low"}]}]%s}
			""";

	@RegisterExtension
	static final ProviderSimulatorExtension first = ProviderSimulatorExtension.create();

	@RegisterExtension
	static final ProviderSimulatorExtension second = ProviderSimulatorExtension.create();

	private static MessagesGateway gateway;

	@BeforeAll
	static void start() {
		gateway = MessagesGateway.start(first, second, "--fallback.ai.gateway.responses.hosted-tools=leave-out");
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					responses | ,'tool_choice':{'type':'function','function':{'name':'f'}} | /tool_choice | {'type':'function','name':'f'}
					openai    | ,'tool_choice':{'type':'function','function':{'name':'f'}} | /tool_choice | {'type':'function','function':{'name':'f'}}
					responses | ,'tool_choice':'required' | /tool_choice | 'required'
					responses | ,'tool_choice':{'type':'allowed_tools','allowed_tools':{'mode':'required','tools':\
					[{'type':'function','function':{'name':'f'}}]}} | /tool_choice | \
					{'type':'allowed_tools','mode':'required','tools':[{'type':'function','name':'f'}]}
					responses | ,'logprobs':true,'top_logprobs':3 | /top_logprobs | ''
					responses | '' | /input/0/content/1/detail | 'low'
					openai    | '' | /messages/0/content/1/image_url/detail | 'low'
					""")
	void ofChatCompletions(String kind, String members, String pointer, String expected) {
		check("/v1/chat/completions", CHAT, kind, members, pointer, expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					responses | ,'reasoning':{'effort':'high','mode':'pro','context':'all_turns','summary':'auto'} | /reasoning | \
					{'effort':'high','mode':'pro','context':'all_turns','summary':'auto'}
					openai    | ,'reasoning':{'effort':'high','mode':'pro'} | /reasoning | ''
					openai    | ,'reasoning':{'effort':'high','mode':'pro'} | /reasoning_effort | 'high'
					responses | ,'text':{'verbosity':'low','tone':{'a':1}} | /text | {'verbosity':'low','tone':{'a':1}}
					responses | ,'moderation':{'mode':'x'} | /moderation | {'mode':'x'}
					openai    | ,'moderation':{'mode':'x'} | /moderation | {'mode':'x'}
					responses | ,'top_logprobs':3,'include':['message.output_text.logprobs'] | /top_logprobs | ''
					responses | ,'top_logprobs':3,'include':['message.output_text.logprobs'] | /include | ['reasoning.encrypted_content']
					responses | '' | /input/0/content/1/detail | 'low'
					openai    | '' | /messages/0/content/1/image_url/detail | 'low'
					responses | ,'parallel_tool_calls':false,'tools':[{'type':'web_search'}] | /parallel_tool_calls | false
					openai    | ,'parallel_tool_calls':false,'tools':[{'type':'web_search'}] | /parallel_tool_calls | ''
					responses | ,'parallel_tool_calls':false,'tools':[{'type':'function','name':'f'}],\
					'tool_choice':{'type':'allowed_tools','mode':'auto','tools':[]} | /parallel_tool_calls | ''
					responses | ,'tools':[{'type':'function','name':'f','strict':true,'parameters':{}},{'type':'function','name':'g','strict':true}],\
					'tool_choice':{'type':'allowed_tools','mode':'auto','tools':[{'type':'function','name':'f'}]} | /tools/0/strict | true
					openai    | ,'tools':[{'type':'function','name':'f','strict':true,'parameters':{}},{'type':'function','name':'g','strict':true}],\
					'tool_choice':{'type':'allowed_tools','mode':'auto','tools':[{'type':'function','name':'f'}]} | /tools/0/function/strict | true
					openai    | ,'tools':[{'type':'function','name':'f','strict':true,'parameters':{}},{'type':'function','name':'g','strict':true}],\
					'tool_choice':{'type':'allowed_tools','mode':'auto','tools':[{'type':'function','name':'f'}]} | /tools/1 | ''
					""")
	void ofResponses(String kind, String members, String pointer, String expected) {
		check("/v1/responses", RESPONSES, kind, members, pointer, expected);
	}

	/**
	 * Other servers know the words of chat completions, and some not even all of these.
	 */
	@ParameterizedTest
	@CsvSource({ "/v1/responses, responses, original, original", "/v1/responses, responses, auto, auto",
			"/v1/responses, openai, original, high", "/v1/responses, openai, auto, ''",
			"/v1/responses, openai, high, high", "/v1/chat/completions, openai, auto, ''",
			"/v1/chat/completions, openai, high, high", "/v1/chat/completions, openai, ultra, ultra" })
	void ofImages(String path, String kind, String detail, String expected) {
		boolean chat = path.endsWith("completions");
		check(path, (chat ? CHAT : RESPONSES).replace("\"low\"", '"' + detail + '"'), kind, "''",
				chat || kind.equals("openai") ? "/messages/0/content/1/image_url/detail" : "/input/0/content/1/detail",
				expected.isEmpty() ? "''" : "'" + expected + "'");
	}

	private static void check(String path, String request, String kind, String members, String pointer,
			String expected) {
		gateway.reset();
		int before = first.requestCount();
		first.answers((asked) -> "Fine.");
		HttpResponse<String> response = gateway.post(path, request.formatted(kind, json(members)));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		JsonNode sent = first.requests().get(before).body().at(pointer);
		assertThat(sent.isMissingNode() ? "" : GatewayJson.text(sent)).isEqualTo(json(expected));
	}

	private static String json(String text) {
		return text.equals("''") ? "" : text.replace('\'', '"');
	}

	/** Separated by spaces. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					responses | ,'reasoning':{'mode':'pro'},'text':{'tone':1} | ''
					openai    | ,'reasoning':{'mode':'pro'},'text':{'tone':1} | reasoning.mode text.tone
					anthropic | ,'moderation':{'mode':'x'} | detail moderation
					responses | ,'top_logprobs':3,'include':['message.output_text.logprobs'] | include:message.output_text.logprobs top_logprobs
					gemini    | '' | detail
					responses | ,'parallel_tool_calls':false,'tools':[{'type':'web_search'}] | ''
					openai    | ,'parallel_tool_calls':false,'tools':[{'type':'web_search'}] | parallel_tool_calls web_search
					gemini    | ,'tools':[{'type':'function','name':'f','strict':true}],'tool_choice':\
					{'type':'allowed_tools','mode':'auto','tools':[{'type':'function','name':'f'}]} | detail tools.strict
					responses | ,'tools':[{'type':'custom','name':'c','format':{'type':'grammar','syntax':'regex','definition':'a+'}}] | tools.format
					responses | ,'tools':[{'type':'custom','name':'c','format':{'type':'text'}}] | ''
					""")
	void tellsWhatIsLeftOut(String kind, String members, String names) {
		gateway.reset();
		first.answers((asked) -> "Fine.");
		HttpResponse<String> response = gateway.post("/v1/responses", RESPONSES.formatted(kind, json(members)));
		String header = response.headers().firstValue("x-fallback-ai-left-out").orElse("");
		assertThat(header.isEmpty() ? new String[0] : header.split(", *"))
			.containsExactlyInAnyOrder(json(names).isEmpty() ? new String[0] : names.split(" "));
	}

}
