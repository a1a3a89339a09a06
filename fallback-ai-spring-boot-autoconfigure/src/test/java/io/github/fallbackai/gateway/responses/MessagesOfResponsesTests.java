// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.GatewayServer;
import io.github.fallbackai.gateway.RawResponse;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages of an endpoint that is asked by the Responses API reach the client one by one,
 * with their members and all notes about their texts.
 */
class MessagesOfResponsesTests {

	private static final String BEGIN = """
			{"type":"response.created","response":{"id":"resp_9","model":"m","status":"in_progress","output":[]}}
			""";

	private static final String END = """
			{"type":"response.completed","response":{"id":"resp_9","model":"m","status":"completed","output":[]}}
			""";

	private static final String MESSAGE = """
			{"type":"response.output_item.added","output_index":%1$d,"item":{"type":"message","id":"msg_%1$d","role":"assistant","status":"in_progress","content":[]}}
			{"type":"response.output_text.delta","output_index":%1$d,"item_id":"msg_%1$d","content_index":0,"delta":"%2$s"}
			{"type":"response.output_item.done","output_index":%1$d,"item":%3$s}
			""";

	private static final String ITEM = "{\"type\":\"message\",\"id\":\"msg_%d\",\"role\":\"assistant\",\"status\":\"completed\"%s,"
			+ "\"content\":[{\"type\":\"output_text\",\"text\":\"%s\",\"annotations\":%s}]}";

	private static final String NOTES = """
			[{"type":"url_citation","url":"https://no.example","title":"N","start_index":0,"end_index":2},\
			{"type":"file_citation","file_id":"f","filename":"a.txt","index":2},\
			{"type":"container_file_citation","container_id":"c","file_id":"f","filename":"b.png","start_index":0,"end_index":1},\
			{"type":"file_path","file_id":"f","index":1}]""";

	private static final String CALL = "{\"type\":\"function_call\",\"id\":\"fc_9\",\"call_id\":\"c1\",\"name\":\"f\","
			+ "\"arguments\":\"{}\",\"status\":\"completed\"}";

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension chat = ProviderSimulatorExtension.forEndpoint("chat");

	private static GatewayServer gateway;

	@BeforeAll
	static void start() {
		gateway = GatewayServer.withoutBreakers(CallSettings.DEFAULTS,
				ResponsesFixture.endpoint(primary, ResponsesFixture.RESPONSES),
				ResponsesFixture.endpoint(chat, "openai"));
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void stayApartWithTheirPhases(boolean streamed) {
		List<JsonNode> messages = messages(ask(streamed, item(0, ",\"phase\":\"commentary\"", "I look.", "[]"),
				item(1, ",\"phase\":\"final_answer\"", "It rains.", "[]")));
		assertThat(messages).extracting((message) -> message.path("phase").asText() + ": " + text(message))
			.containsExactly("commentary: I look.", "final_answer: It rains.");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void stayApartWithoutPhases(boolean streamed) {
		List<JsonNode> messages = messages(ask(streamed, item(0, "", "One.", "[]"), item(1, "", "Two.", "[]")));
		assertThat(messages).extracting(MessagesOfResponsesTests::text).containsExactly("One.", "Two.");
		assertThat(messages).noneMatch((message) -> message.has("phase"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					true | {'type':'web_search_call','id':'ws_9','status':'completed','action':{'type':'search','query':'rain'}}
					false | {'type':'web_search_call','id':'ws_9','status':'completed','action':{'type':'search','query':'rain'}}
					true | {'type':'apply_patch_call','id':'apc_9','call_id':'c1','status':'completed','operation':{'type':'delete_file','path':'a'}}
					false | {'type':'apply_patch_call','id':'apc_9','call_id':'c1','status':'completed','operation':{'type':'delete_file','path':'a'}}
					true | {'type':'function_call','id':'fc_9','call_id':'c1','name':'f','arguments':'{}','status':'completed'}
					false | {'type':'function_call','id':'fc_9','call_id':'c1','name':'f','arguments':'{}','status':'completed'}
					""")
	void stayApartFromItemsBetweenThemNowAndInTheNextTurn(boolean streamed, String between) {
		String item = between.replace('\'', '"');
		JsonNode response = ask(streamed, item(0, "", "I look.", "[]"), item, item(2, "", "It rains.", "[]"));
		assertThat(messages(response)).extracting(MessagesOfResponsesTests::text)
			.containsExactly("I look.", "It rains.");
		String type = ResponseEvents.json(item).path("type").asText();
		assertThat(ResponseEvents.items(response, type)).hasSize(1);
		String output = response.path("output").toString();
		primary.always(Outcome.answer("Fine."));
		int before = primary.requestCount();
		ResponsesFixture.post(gateway, "{\"model\":\"primary\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"},"
				+ output.substring(1, output.length() - 1) + ",{\"role\":\"user\",\"content\":\"And?\"}]}");
		String input = primary.requests().get(before).body().path("input").toString();
		assertThat(input).containsOnlyOnce("I look.")
			.containsOnlyOnce("It rains.")
			.containsOnlyOnce("\"" + type + "\"");
	}

	/** Only the last one was cut. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void haveTheStatusOfAnAnswerThatWasCut(boolean streamed) {
		String end = "\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"}";
		JsonNode response = ask(streamed, end, List.of(item(0, ",\"phase\":\"commentary\"", "I look.", "[]"),
				item(1, ",\"phase\":\"final_answer\"", "It rai", "[]").replace("completed", "incomplete")));
		assertThat(response.path("status").asText()).isEqualTo("incomplete");
		assertThat(messages(response))
			.extracting((message) -> message.path("phase").asText() + ' ' + message.path("status").asText())
			.containsExactly("commentary completed", "final_answer incomplete");
	}

	/** Not even to what it is for. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void changeNothingOfTheOneBeforeIfTheyHaveNoText(boolean streamed) {
		String end = "\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"}";
		JsonNode response = ask(streamed, end, List.of(item(0, ",\"phase\":\"commentary\"", "I look.", "[]"),
				item(1, ",\"phase\":\"final_answer\"", "", "[]").replace("completed", "incomplete")));
		assertThat(messages(response).get(0).path("phase").asText()).isEqualTo("commentary");
	}

	/** Also without the token of the gateway, as the API wants it. */
	@Test
	void goBackWithTheirPhases() {
		String input = "[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"phase\":\"commentary\",\"content\":"
				+ "[{\"type\":\"output_text\",\"text\":\"I look.\"}]},{\"role\":\"user\",\"content\":\"And?\"}]";
		primary.always(Outcome.answer("Fine."));
		chat.always(Outcome.answer("Fine."));
		int before = primary.requestCount();
		RawResponse own = ResponsesFixture.post(gateway, "{\"model\":\"primary\",\"input\":" + input + "}");
		assertThat(own.header("x-fallback-ai-left-out")).isNull();
		JsonNode message = primary.requests().get(before).body().path("input").path(1);
		assertThat(message.path("phase").asText()).isEqualTo("commentary");
		assertThat(message.at("/content/0/text").asText()).isEqualTo("I look.");
		RawResponse other = ResponsesFixture.post(gateway, "{\"model\":\"chat\",\"input\":" + input + "}");
		assertThat(other.header("x-fallback-ai-left-out")).isEqualTo("input.phase");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void haveAllNotesAlthoughACallFollows(boolean streamed) {
		JsonNode response = ask(streamed, item(0, "", "Oslo", NOTES), CALL);
		assertThat(ResponseEvents.items(response, "function_call")).hasSize(1);
		assertThat(messages(response)).singleElement()
			.satisfies((message) -> assertThat(message.at("/content/0/annotations"))
				.isEqualTo(ResponseEvents.json(NOTES)));
	}

	/** Whether the client or the endpoint streams or not. */
	@ParameterizedTest
	@CsvSource({ "true, true", "true, false", "false, true", "false, false" })
	void haveTheirOwnNotes(boolean client, boolean endpoint) {
		String note = "[{\"type\":\"file_citation\",\"file_id\":\"%s\",\"filename\":\"a.txt\",\"index\":2}]";
		String search = "{\"type\":\"web_search_call\",\"id\":\"ws_9\",\"status\":\"completed\",\"action\":{\"type\":\"search\",\"query\":\"q\"}}";
		answers(endpoint, "\"status\":\"completed\"",
				List.of(search, item(1, ",\"phase\":\"commentary\"", "One.", note.formatted("a")),
						item(2, "", "Two.", "[]"), item(3, "", "Three.", note.formatted("b")), CALL,
						item(5, "", "Four.", note.formatted("c"))));
		assertThat(messages(answer(client, "primary"))).filteredOn((message) -> !text(message).isEmpty())
			.extracting((message) -> text(message) + message.at("/content/0/annotations/0/file_id").asText()
					+ message.at("/content/0/annotations").size())
			.containsExactly("One.a1", "Two.0", "Three.b1", "Four.c1");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void haveNotesOfOtherApisAlthoughACallFollows(boolean streamed) {
		String note = "{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://no.example\",\"title\":\"N\","
				+ "\"start_index\":0,\"end_index\":4}}";
		String call = "\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]";
		chat.always(Outcome.raw(200, "text/event-stream",
				chunk("\"content\":\"Oslo\"", "null") + chunk("\"annotations\":[" + note + "]", "null")
						+ chunk(call, "\"tool_calls\"") + "data: [DONE]\n\n"));
		if (!streamed) {
			chat.always(Outcome.raw(200, "application/json",
					"{\"id\":\"x\",\"model\":\"m\",\"choices\":[{\"index\":0,\"finish_reason\":\"tool_calls\","
							+ "\"message\":{\"role\":\"assistant\",\"content\":\"Oslo\",\"annotations\":[" + note + "],"
							+ call + "}}]}"));
		}
		JsonNode response = answer(streamed, "chat");
		assertThat(ResponseEvents.items(response, "function_call")).hasSize(1);
		assertThat(messages(response)).singleElement()
			.satisfies((message) -> assertThat(message.at("/content/0/annotations/0/url").asText())
				.isEqualTo("https://no.example"));
	}

	/** A refusal is one part, also if a text came before. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void haveRefusalsInTheirPlaces(boolean streamed) {
		String parts = "[{\"type\":\"output_text\",\"text\":\"Well, \",\"annotations\":[]},{\"type\":\"refusal\",\"refusal\":\"no.\"}]";
		ObjectNode item = (ObjectNode) ResponseEvents.json(item(0, "", "", "[]"));
		item.set("content", ResponseEvents.json(parts));
		JsonNode message = messages(ask(streamed, item.toString())).get(0);
		assertThat(message.path("content")).hasSize(2);
		assertThat(message.at("/content/0/text").asText()).isEqualTo("Well, ");
		assertThat(message.at("/content/1/refusal").asText()).isEqualTo("no.");
	}

	private static String chunk(String delta, String reason) {
		return "data: {\"id\":\"x\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{" + delta
				+ "},\"finish_reason\":" + reason + "}]}\n\n";
	}

	private static String item(int place, String members, String text, String notes) {
		return ITEM.formatted(place, members, text, notes);
	}

	private static JsonNode ask(boolean streamed, String... items) {
		return ask(streamed, "\"status\":\"completed\"", List.of(items));
	}

	private static JsonNode ask(boolean streamed, String end, List<String> items) {
		answers(streamed, end, items);
		return answer(streamed, "primary");
	}

	private static void answers(boolean streamed, String end, List<String> items) {
		StringBuilder events = new StringBuilder(BEGIN);
		for (int place = 0; place < items.size(); place++) {
			String text = text(ResponseEvents.json(items.get(place)));
			String event = MESSAGE.formatted(place, text, items.get(place));
			// Others come whole.
			events
				.append(text.isEmpty() || text.endsWith(" ") ? event.lines().skip(2).findFirst().get() + "\n" : event);
		}
		primary.always(streamed
				? ResponsesFixture.events(events + END
					.replace("response.completed",
							end.contains("incomplete") ? "response.incomplete" : "response.completed")
					.replace("\"status\":\"completed\"", end))
				: Outcome.raw(200, "application/json", "{\"id\":\"resp_9\"," + end + ",\"model\":\"m\",\"output\":["
						+ String.join(",", items) + "]}"));
	}

	private static JsonNode answer(boolean streamed, String model) {
		String request = "{\"model\":\"" + model + "\",\"input\":\"Hi\",\"stream\":" + streamed
				+ ",\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]}";
		return streamed ? ResponsesFixture.stream(gateway, request).response()
				: ResponseEvents.json(ResponsesFixture.post(gateway, request).body());
	}

	private static List<JsonNode> messages(JsonNode response) {
		return ResponseEvents.items(response, "message");
	}

	private static String text(JsonNode message) {
		return message.at("/content/0/text").asText();
	}

}
