// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.gateway.RawProvider.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a provider's own words between its door and the gateway's client, whole
 * and streamed.
 */
class ProvidersWordsTests {

	private static final String NOTE = "{\"type\":\"url_citation\",\"url_citation\":{\"start_index\":0,\"end_index\":2,"
			+ "\"title\":\"Rain\",\"url\":\"https://example.org/rain\"}}";

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void annotationsReachTheClient(boolean stream) {
		try (RawProvider provider = RawProvider.replying((request) -> new Reply(200, false,
				"{\"choices\":[{\"message\":{\"content\":\"Hi\",\"annotations\":[" + NOTE
						+ "]},\"finish_reason\":\"stop\"}]}"));
				GatewayServer gateway = GatewayServer.before(provider.endpoint("primary"))) {
			RawResponse response = stream ? RawResponse.stream(gateway, "Hi") : RawResponse.ask(gateway, "auto", "Hi");
			assertThat(response.body()).containsOnlyOnce("\"annotations\":[" + NOTE + "]");
			ChatResponse answer = gateway.template().chat(ChatRequest.of("Hi")).block();
			assertThat(answer.annotations()).singleElement()
				.satisfies((note) -> assertThat(note.url()).isEqualTo("https://example.org/rain"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "frobnicated, frobnicated", "context_window_full, length", "unsafe_output, content_filter" })
	void anUnknownWordIsNeverStop(String word, String expected) {
		Function<JsonNode, Reply> ending = (request) -> stream(
				"{\"choices\":[{\"delta\":{\"content\":\"Half\"},\"finish_reason\":\"" + word + "\"}]}");
		try (RawProvider provider = RawProvider.replying(ending);
				GatewayServer gateway = GatewayServer.before(provider.endpoint("primary"))) {
			assertThat(RawResponse.ask(gateway, "auto", "Hi").body())
				.contains("\"finish_reason\":\"" + expected + "\"");
			assertThat(RawResponse.stream(gateway, "Hi").body()).contains("\"finish_reason\":\"" + expected + "\"")
				.doesNotContain("\"stop\"");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "error: {\"code\":500,\"message\":\"slot lost\"}\n\n",
			"{\"error\":{\"message\":\"lost\"}}\n", "event: error\ndata: lost\n\n",
			"data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"network_error\"}]}\n\n" })
	void anotherEndpointGoesOnAfterAnErrorInWhateverLineItCame(String error) {
		Function<JsonNode, Reply> half = (request) -> new Reply(200, true,
				"data: {\"choices\":[{\"delta\":{\"content\":\"The first half\"}}]}\n\n" + error + "data: [DONE]\n\n");
		try (RawProvider primary = RawProvider.replying(half);
				RawProvider backup = RawProvider.saying(" and the second");
				GatewayServer gateway = GatewayServer.before(primary.endpoint("primary"), backup.endpoint("backup"))) {
			assertThat(RawResponse.stream(gateway, "Hi").text()).isEqualTo("The first half and the second");
			assertThat(RawResponse.ask(gateway, "auto", "Hi").body()).contains(" and the second")
				.doesNotContain("The first half");
		}
	}

	@Test
	void aClientThatWantsAStreamGetsOneFromAServerThatRefusesToStream() {
		try (RawProvider provider = RawProvider.replying((request) -> request.path("stream").asBoolean()
				? refusal("Streaming is not supported for this model.", null) : RawProvider.answer(request, "Hello"));
				GatewayServer gateway = GatewayServer.before(provider.endpoint("primary"))) {
			assertThat(RawResponse.stream(gateway, "Hi").text()).isEqualTo("Hello");
			assertThat(RawResponse.stream(gateway, "Hi").text()).isEqualTo("Hello");
			assertThat(RawResponse.ask(gateway, "auto", "Hi").body()).contains("Hello");
			assertThat(provider.requests()).extracting((request) -> request.path("stream").asBoolean())
				.containsExactly(true, false, false, false);
		}
	}

	@ParameterizedTest
	@CsvSource({ "messages[0].role", "messages" })
	void aMistakeThatIsNamedReachesOneEndpointOnly(String param) {
		try (RawProvider primary = RawProvider.replying((request) -> refusal("It is wrong.", param));
				RawProvider backup = RawProvider.saying("Hello");
				GatewayServer gateway = GatewayServer.before(primary.endpoint("primary"), backup.endpoint("backup"))) {
			for (int call = 0; call < 15; call++) {
				assertThat(RawResponse.ask(gateway, "auto", "Hi").status()).isEqualTo(400);
				assertThat(RawResponse.stream(gateway, "Hi").status()).isEqualTo(400);
			}
			assertThat(primary.requests()).hasSize(30);
			assertThat(backup.requests()).isEmpty();
		}
	}

	@Test
	void aRefusalInWordsThatNothingKnowsIsAnsweredByTheNext() {
		try (RawProvider primary = RawProvider.replying((request) -> refusal("Kindly see the console.", null));
				RawProvider backup = RawProvider.saying("Hello");
				GatewayServer gateway = GatewayServer.before(primary.endpoint("primary"), backup.endpoint("backup"))) {
			for (int call = 0; call < 20; call++) {
				assertThat(RawResponse.ask(gateway, "auto", "Hi").status()).isEqualTo(200);
			}
			ChatResponse answer = gateway.template().chat("Hi").block();
			assertThat(answer.attempts()).extracting(Attempt::failure)
				.containsExactly(FailureKind.REFUSED_UNEXPLAINED, null);
		}
	}

	private static Reply refusal(String message, String param) {
		String named = (param != null) ? "\"" + param + "\"" : "null";
		return new Reply(400, false, "{\"error\":{\"message\":\"" + message
				+ "\",\"type\":\"invalid_request_error\",\"param\":" + named + ",\"code\":null}}");
	}

	private static Reply stream(String... chunks) {
		StringBuilder body = new StringBuilder();
		List.of(chunks).forEach((chunk) -> body.append("data: ").append(chunk).append("\n\n"));
		return new Reply(200, true, body.append("data: [DONE]\n\n").toString());
	}

}
