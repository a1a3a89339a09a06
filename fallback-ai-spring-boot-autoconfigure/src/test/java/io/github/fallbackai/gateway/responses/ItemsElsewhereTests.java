// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.net.http.HttpRequest;

import io.github.fallbackai.gateway.GatewayServer;
import io.github.fallbackai.gateway.RawResponse;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients of other APIs are not shown the items that only this one has. For them, an
 * answer of such items alone is empty.
 */
class ItemsElsewhereTests {

	private static final String EVENTS = """
			{"type":"response.created","response":{"id":"resp_9","model":"m","status":"in_progress","output":[]}}
			{"type":"response.output_item.added","output_index":0,"item":%1$s}
			{"type":"response.output_item.done","output_index":0,"item":%1$s}
			{"type":"response.completed","response":{"id":"resp_9","model":"m","status":"completed","output":[]}}
			""";

	private static final String TEXT = """
			{"type":"response.output_text.delta","output_index":1,"item_id":"msg_9","content_index":0,"delta":"It rains."}
			{"type":"response.completed\"""";

	private static final String COMPACTION = "{\"type\":\"compaction\",\"id\":\"cmp_9\",\"encrypted_content\":\"gAAA\"}";

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	private static GatewayServer gateway;

	@BeforeAll
	static void start() {
		gateway = GatewayServer.withoutBreakers(CallSettings.DEFAULTS,
				ResponsesFixture.endpoint(primary, ResponsesFixture.RESPONSES),
				ResponsesFixture.endpoint(backup, "openai"));
	}

	@AfterAll
	static void stop() {
		gateway.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			/chat/completions | {'type':'compaction','id':'cmp_9','encrypted_content':'gAAA'}
			/chat/completions | {'type':'juggling_call','id':'j_9','call_id':'c1','status':'completed'}
			/chat/completions | {'type':'image_generation_call','id':'ig_9','status':'completed','result':'AAAA'}
			/messages | {'type':'compaction','id':'cmp_9','encrypted_content':'gAAA'}
			/messages | {'type':'juggling_call','id':'j_9','call_id':'c1','status':'completed'}
			/messages | {'type':'mcp_approval_request','id':'mcpr_9','arguments':'{}','name':'n','server_label':'s'}
			""")
	void areNoAnswer(String face, String item) {
		primary.always(ResponsesFixture.events(EVENTS.formatted(item.replace('\'', '"'))));
		backup.always(Outcome.answer("Done."));
		for (boolean streamed : new boolean[] { true, false }) {
			int before = backup.requestCount();
			assertThat(ask(face, streamed)).contains("Done.");
			assertThat(backup.requestCount()).isEqualTo(before + 1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "/chat/completions", "/messages" })
	void takeNothingFromAText(String face) {
		primary.always(ResponsesFixture
			.events(EVENTS.formatted(COMPACTION).replace("{\"type\":\"response.completed\"", TEXT)));
		int before = backup.requestCount();
		for (boolean streamed : new boolean[] { true, false }) {
			assertThat(ask(face, streamed)).contains("It rains.");
		}
		assertThat(backup.requestCount()).isEqualTo(before);
	}

	private static String ask(String face, boolean streamed) {
		RawResponse response = RawResponse.exchange(gateway, face,
				HttpRequest.BodyPublishers.ofString("{\"model\":\"auto\",\"max_tokens\":100,\"stream\":" + streamed
						+ ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"));
		assertThat(response.status()).as(response.body()).isEqualTo(200);
		return response.body();
	}

}
