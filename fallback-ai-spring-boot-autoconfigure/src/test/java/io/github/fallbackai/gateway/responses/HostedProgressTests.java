// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.gateway.GatewayServer;
import io.github.fallbackai.gateway.RawResponse;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client sees how far the tools are that a provider runs itself, also when the provider
 * dies meanwhile.
 */
class HostedProgressTests {

	/** The thought has no text, so the client's items have other indices. */
	static final String EVENTS = """
			{"type":"response.created","response":{"id":"resp_9","model":"m","status":"in_progress","output":[]}}
			{"type":"response.output_item.added","output_index":0,"item":{"type":"reasoning","id":"rs_9","summary":[]}}
			{"type":"response.output_item.done","output_index":0,"item":{"type":"reasoning","id":"rs_9","summary":[]}}
			{"type":"response.output_item.added","output_index":1,"item":{"type":"web_search_call","id":"ws_9","status":"in_progress"}}
			{"type":"response.web_search_call.in_progress","output_index":1,"item_id":"ws_9"}
			{"type":"response.output_item.added","output_index":2,"item":{"type":"code_interpreter_call","id":"ci_9","status":"in_progress","code":"","container_id":"c","outputs":null}}
			{"type":"response.web_search_call.searching","output_index":1,"item_id":"ws_9"}
			{"type":"response.code_interpreter_call.in_progress","output_index":2,"item_id":"ci_9"}
			{"type":"response.code_interpreter_call_code.delta","output_index":2,"item_id":"ci_9","delta":"1+"}
			{"type":"response.web_search_call.pondering","output_index":1,"item_id":"ws_9","depth":3}
			{"type":"response.code_interpreter_call_code.delta","output_index":2,"item_id":"ci_9","delta":"1"}
			{"type":"response.code_interpreter_call_code.done","output_index":2,"item_id":"ci_9","code":"1+1"}
			{"type":"response.code_interpreter_call.completed","output_index":2,"item_id":"ci_9"}
			{"type":"response.web_search_call.completed","output_index":1,"item_id":"ws_9"}
			{"type":"response.output_item.done","output_index":1,"item":{"type":"web_search_call","id":"ws_9","status":"completed","action":{"type":"search","query":"rain"}}}
			{"type":"response.output_item.done","output_index":2,"item":{"type":"code_interpreter_call","id":"ci_9","status":"completed","code":"1+1","container_id":"c","outputs":null}}
			{"type":"response.output_item.added","output_index":3,"item":{"type":"message","id":"msg_9","role":"assistant","status":"in_progress","content":[]}}
			{"type":"response.content_part.added","output_index":3,"item_id":"msg_9","content_index":0,"part":{"type":"output_text","text":"","annotations":[]}}
			{"type":"response.output_text.delta","output_index":3,"item_id":"msg_9","content_index":0,"delta":"It rains all day and"}
			{"type":"response.output_text.delta","output_index":3,"item_id":"msg_9","content_index":0,"delta":" all night."}
			{"type":"response.output_text.done","output_index":3,"item_id":"msg_9","content_index":0,"text":"It rains all day and all night."}
			{"type":"response.output_item.done","output_index":3,"item":{"type":"message","id":"msg_9","role":"assistant","status":"completed","content":[{"type":"output_text","text":"It rains all day and all night.","annotations":[]}]}}
			{"type":"response.completed","response":{"id":"resp_9","model":"m","status":"completed","output":[],"usage":{"input_tokens":3,"output_tokens":4,"total_tokens":7}}}
			""";

	static final int ALL = (int) EVENTS.lines().count();

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private GatewayServer gateway;

	@BeforeEach
	void start() {
		this.gateway = GatewayServer.before(ResponsesFixture.endpoint(primary, ResponsesFixture.RESPONSES),
				ResponsesFixture.endpoint(backup, ResponsesFixture.RESPONSES));
	}

	@AfterEach
	void stop() {
		this.gateway.close();
	}

	@Test
	void isPassedOnInOrderAndNumberedAnew() {
		primary.always(stream(EVENTS, ALL));
		ResponseEvents events = ask();
		assertThat(events.types()).containsSubsequence("response.web_search_call.in_progress",
				"response.web_search_call.searching", "response.code_interpreter_call_code.delta",
				"response.web_search_call.pondering", "response.code_interpreter_call_code.delta",
				"response.code_interpreter_call_code.done", "response.code_interpreter_call.completed",
				"response.web_search_call.completed", "response.output_text.delta", "response.completed");
		assertThat(events.events("response.web_search_call.pondering").get(0).path("depth").asInt()).isEqualTo(3);
		assertThat(kinds(events)).containsExactly("web_search_call completed", "code_interpreter_call completed",
				"message completed", "reasoning ");
		assertThat(events.events("response.code_interpreter_call_code.delta"))
			.allMatch((event) -> event.path("output_index").asInt() == 1);
		assertThat(events.text()).isEqualTo("It rains all day and all night.");
	}

	/**
	 * Each number of events that arrive; the checks of a stream are those of every one.
	 */
	@Test
	void isOneResponseWhereverTheProviderDies() {
		for (int arrived = 0; arrived < ALL; arrived++) {
			this.gateway.close();
			start();
			primary.always(stream(EVENTS, arrived));
			backup.always(stream(EVENTS.replace("\"rain\"", "\"weather\""), ALL));
			ResponseEvents events = ask();
			assertThat(events.status()).as("after %s events", arrived).isEqualTo("completed");
			assertThat(events.text().replace("\n\n", "")).as("after %s events", arrived)
				.contains("It rains all day and");
			List<String> kinds = kinds(events);
			assertThat(kinds).as("after %s events", arrived).contains("message completed");
			assertThat(String.join(",", kinds)).doesNotContain("in_progress");
		}
	}

	@Test
	void endsAsFailedWithItsProvider() {
		primary.always(stream(EVENTS, 8));
		backup.always(stream(EVENTS, ALL));
		assertThat(kinds(ask())).containsExactly("web_search_call failed", "code_interpreter_call failed",
				"web_search_call completed", "code_interpreter_call completed", "message completed", "reasoning ");
	}

	/**
	 * What they did goes back with the next request, whichever endpoint gave the rest of
	 * the answer.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 8, 19, 23 })
	void goesBackOnce(int arrived) {
		primary.always(stream(EVENTS, arrived));
		backup.always(stream(EVENTS.replace("\"rain\"", "\"weather\""), ALL));
		String items = ask().response().path("output").toString();
		ProviderSimulatorExtension last = (arrived < ALL) ? backup : primary;
		last.clear();
		last.always(Outcome.answer("Good."));
		RawResponse response = ResponsesFixture.post(this.gateway,
				"{\"model\":\"" + last.endpoint() + "\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"},"
						+ items.substring(1, items.length() - 1) + ",{\"role\":\"user\",\"content\":\"And?\"}]}");
		String input = last.requests().get(0).body().path("input").toString();
		assertThat(StringUtils.countOccurrencesOf(input, "\"query\":\"rain\"")).isEqualTo((arrived < 15) ? 0 : 1);
		// What broke off with its provider has not what the API insists on.
		assertThat(input).doesNotContain("failed", "\"code\":\"\"");
		assertThat(StringUtils.countOccurrencesOf(input, "\"web_search_call\"")).isEqualTo((arrived == 19) ? 2 : 1);
		assertThat(response.header("x-fallback-ai-left-out"))
			.isEqualTo((arrived < 15) ? "web_search_call, code_interpreter_call" : null);
		assertThat(input.contains("\"query\":\"weather\"")).isEqualTo(arrived < ALL);
		assertThat(input).doesNotContain("null");
	}

	/** An answer may be an image alone. */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void mayBeAllThatThereIs(boolean streamed) {
		String image = "A".repeat(100_000);
		primary.always(
				stream("""
						{"type":"response.created","response":{"id":"resp_9","model":"m","status":"in_progress","output":[]}}
						{"type":"response.output_item.added","output_index":0,"item":{"type":"image_generation_call","id":"ig_9","status":"in_progress"}}
						{"type":"response.image_generation_call.generating","output_index":0,"item_id":"ig_9"}
						{"type":"response.output_item.done","output_index":0,"item":{"type":"image_generation_call","id":"ig_9","status":"completed","result":"%s"}}
						{"type":"response.completed","response":{"id":"resp_9","model":"m","status":"completed","output":[]}}
						"""
					.formatted(image), 5));
		JsonNode response = streamed ? ask().response()
				: ResponseEvents.json(ResponsesFixture.post(this.gateway, REQUEST).body());
		assertThat(response.path("status").asText()).isEqualTo("completed");
		assertThat(response.at("/output/0/result").asText()).isEqualTo(image);
		assertThat(backup.requests()).isEmpty();
	}

	/** A tool that works is no answer. */
	@Test
	void isNoAnswer() {
		primary.always(
				stream("""
						{"type":"response.created","response":{"id":"resp_9","model":"m","status":"in_progress","output":[]}}
						{"type":"response.output_item.done","output_index":0,"item":{"type":"web_search_call","id":"ws_9","status":"completed"}}
						{"type":"response.completed","response":{"id":"resp_9","model":"m","status":"completed","output":[]}}
						""",
						3));
		backup.always(Outcome.answer("Rain."));
		assertThat(ask().text()).isEqualTo("Rain.");
	}

	private static final String REQUEST = """
			{"model":"auto","tools":[{"type":"web_search"}],"input":"Weather?"}""";

	private ResponseEvents ask() {
		return ResponsesFixture.stream(this.gateway, REQUEST.replace("{\"model\"", "{\"stream\":true,\"model\""));
	}

	static List<String> kinds(ResponseEvents events) {
		List<String> kinds = new ArrayList<>();
		events.response()
			.path("output")
			.forEach((item) -> kinds.add(item.path("type").asText() + ' ' + item.path("status").asText()));
		return kinds;
	}

	private static Outcome stream(String events, int count) {
		return Outcome.raw(200, "text/event-stream", frames(events, count));
	}

	static String frames(String events, int count) {
		StringBuilder stream = new StringBuilder();
		events.lines()
			.limit(count)
			.forEach((event) -> stream.append("event: ")
				.append(ResponseEvents.json(event).path("type").asText())
				.append("\ndata: ")
				.append(event)
				.append("\n\n"));
		return stream.toString();
	}

}
