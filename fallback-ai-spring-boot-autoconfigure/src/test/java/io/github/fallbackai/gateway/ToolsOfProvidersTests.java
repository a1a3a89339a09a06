// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;

import io.github.fallbackai.endpoint.AttemptLimits;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.ProviderApi;
import io.github.fallbackai.policy.CallSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A tool that a provider runs itself may take longer than the pause between two pieces of
 * text. The streams are those of a real server, with a real pause.
 */
class ToolsOfProvidersTests {

	private static final Duration IDLE = Duration.ofMillis(150);

	/** A slow machine makes it longer, and nothing shorter. */
	private static final Duration PAUSE = IDLE.multipliedBy(5);

	private DisposableServer provider;

	private GatewayServer gateway;

	@AfterEach
	void stop() {
		this.gateway.close();
		this.provider.disposeNow();
	}

	@ParameterizedTest
	@EnumSource
	void mayBeSilentForLong(Api api) {
		String stream = ask(api, api.works);
		assertThat(stream).contains("It rains.", api.end());
	}

	/** Elsewhere, such a pause is too long. */
	@ParameterizedTest
	@EnumSource
	void butTheModelMayNot(Api api) {
		assertThat(ask(api, api.spoken())).contains("It rains.").doesNotContain(api.end());
	}

	private String ask(Api api, int before) {
		List<String> events = api.events.lines().toList();
		Flux<String> stream = Flux.concat(Flux.fromIterable(events.subList(0, before)),
				Flux.fromIterable(events.subList(before, events.size())).delaySubscription(PAUSE));
		this.provider = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> request.receive()
				.then(response.sse().sendString(stream.map((event) -> "data: " + event + "\n\n")).then()))
			.bindNow();
		this.gateway = GatewayServer.withoutBreakers(CallSettings.DEFAULTS, endpoint(api));
		return RawResponse.exchange(this.gateway, api.path, HttpRequest.BodyPublishers.ofString(api.request)).body();
	}

	private Endpoint endpoint(Api api) {
		return Endpoint.named("provider")
			.provider(api.provider)
			.url(URI.create("http://127.0.0.1:" + this.provider.port() + "/v1"))
			.model("m")
			.limits(AttemptLimits.builder().firstContent(Duration.ofSeconds(30)).idle(IDLE).build())
			.option(ProviderApi.OPTION, "responses")
			.build();
	}

	/** How a provider is asked, and what it answers. */
	enum Api {

		MESSAGES("anthropic", "/messages",
				"""
						{"model":"auto","max_tokens":99,"stream":true,"tools":[{"type":"web_search_20250305","name":"web_search"}],\
						"messages":[{"role":"user","content":"Weather?"}]}""",
				7,
				"""
						{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"usage":{"input_tokens":3,"output_tokens":1}}}
						{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}
						{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"I look."}}
						{"type":"content_block_stop","index":0}
						{"type":"content_block_start","index":1,"content_block":{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{}}}
						{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}
						{"type":"content_block_stop","index":1}
						{"type":"content_block_start","index":2,"content_block":{"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[]}}
						{"type":"content_block_stop","index":2}
						{"type":"content_block_start","index":3,"content_block":{"type":"text","text":""}}
						{"type":"content_block_delta","index":3,"delta":{"type":"text_delta","text":"It rains."}}
						{"type":"content_block_stop","index":3}
						{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9}}
						{"type":"message_stop"}"""),

		RESPONSES("openai", "/responses", """
				{"model":"auto","stream":true,"tools":[{"type":"image_generation"}],"input":"Weather?"}""", 3,
				"""
						{"type":"response.created","response":{"id":"resp_9","model":"m","status":"in_progress","output":[]}}
						{"type":"response.output_item.added","output_index":0,"item":{"type":"image_generation_call","id":"ig_9","status":"in_progress"}}
						{"type":"response.image_generation_call.generating","output_index":0,"item_id":"ig_9"}
						{"type":"response.output_item.done","output_index":0,"item":{"type":"image_generation_call","id":"ig_9","status":"completed","result":"AAAA"}}
						{"type":"response.output_item.added","output_index":1,"item":{"type":"message","id":"msg_9","role":"assistant","status":"in_progress","content":[]}}
						{"type":"response.output_text.delta","output_index":1,"item_id":"msg_9","content_index":0,"delta":"It rains."}
						{"type":"response.output_item.done","output_index":1,"item":{"type":"message","id":"msg_9","role":"assistant","status":"completed","content":[{"type":"output_text","text":"It rains.","annotations":[]}]}}
						{"type":"response.completed","response":{"id":"resp_9","model":"m","status":"completed","output":[]}}""");

		private final String provider;

		private final String path;

		private final String request;

		private final int works;

		private final String events;

		Api(String provider, String path, String request, int works, String events) {
			this.provider = provider;
			this.path = path;
			this.request = request;
			this.works = works;
			this.events = events;
		}

		/** The name of the last event. */
		String end() {
			String type = "{\"type\":\"";
			String last = this.events.substring(this.events.lastIndexOf('\n') + 1);
			return "event: " + last.substring(type.length(), last.indexOf('"', type.length()));
		}

		/** How many events come up to the text. */
		int spoken() {
			return (int) this.events.lines().takeWhile((event) -> !event.contains("It rains.")).count() + 1;
		}

	}

}
