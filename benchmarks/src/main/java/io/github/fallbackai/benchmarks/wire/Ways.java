// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.wire;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.HttpEndpointClient;
import io.github.fallbackai.client.http.netty.NettyWire;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.client.http.wire.Wire;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.wire.webclient.WebClientWire;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The ways that are compared.
 */
final class Ways {

	/** The reference for the other ways: the plain WebClient, which parses nothing. */
	static final String REFERENCE = "webclient";

	private static final String PROMPT = "Why is the sky blue? Answer in one paragraph.";

	private static final int CONNECTIONS = 500;

	private Ways() {
	}

	static Map<String, WireCost.Way> all(URI uri, boolean streaming) {
		Map<String, WireCost.Way> ways = new LinkedHashMap<>();
		ways.put(REFERENCE, webClient(uri, streaming));
		ways.put("reactor-netty", reactorNetty(uri, streaming));
		ways.put("wire-webclient", endpointClient(uri, streaming, WebClientWire.builder().build()));
		ways.put("wire-netty", endpointClient(uri, streaming, NettyWire.builder().build()));
		ways.put("template", template(uri, streaming));
		return ways;
	}

	private static WireCost.Way webClient(URI uri, boolean streaming) {
		WebClient client = WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(httpClient("webclient")))
			.build();
		byte[] body = body(streaming);
		URI target = URI.create(uri + "/chat/completions");
		return () -> {
			WebClient.ResponseSpec response = client.post()
				.uri(target)
				.header("Authorization", "Bearer sk-secret")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(body)
				.retrieve();
			return streaming ? response.bodyToFlux(String.class).then() : response.bodyToMono(String.class);
		};
	}

	private static WireCost.Way reactorNetty(URI uri, boolean streaming) {
		HttpClient client = httpClient("raw").headers(
				(headers) -> headers.set("Authorization", "Bearer sk-secret").set("Content-Type", "application/json"));
		byte[] body = body(streaming);
		return () -> {
			HttpClient.ResponseReceiver<?> response = client.post()
				.uri(uri + "/chat/completions")
				.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)));
			return streaming ? response.response((head, content) -> content).then()
					: response.responseContent().aggregate().asString();
		};
	}

	private static WireCost.Way endpointClient(URI uri, boolean streaming, Wire wire) {
		HttpEndpointClient client = HttpEndpointClient.of(new OpenAiDialect(), wire);
		EndpointRequest request = new EndpointRequest(endpoint("primary", uri), ChatRequest.of(PROMPT), streaming);
		return () -> client.exchange(request).then();
	}

	private static WireCost.Way template(URI uri, boolean streaming) {
		CallSettings settings = CallSettings.DEFAULTS;
		AiFallbackTemplate template = AiFallbackTemplate.builder()
			.chain(new Chain(Chain.DEFAULT, List.of(endpoint("primary", uri), endpoint("backup", uri))), settings)
			.listeners(List.of())
			.build();
		return () -> streaming ? template.stream(ChatRequest.of(PROMPT)).then() : template.chat(PROMPT);
	}

	private static HttpClient httpClient(String name) {
		return HttpClient.create(ConnectionProvider.builder(name).maxConnections(CONNECTIONS).lifo().build());
	}

	private static Endpoint endpoint(String name, URI uri) {
		return Endpoint.named(name)
			.url(uri)
			.model("model-of-a-mock")
			.apiKey(ApiKey.of("sk-secret"))
			.unaryAsStream(false)
			.build();
	}

	private static byte[] body(boolean streaming) {
		return ("{\"model\":\"model-of-a-mock\",\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT + "\"}]"
				+ (streaming ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}" : "") + "}")
			.getBytes(StandardCharsets.UTF_8);
	}

}
