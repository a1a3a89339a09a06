// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.messages;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.EndpointControl;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.test.ProviderSimulator;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application with a gateway. For each two kinds of provider it has a chain, such as
 * {@code anthropic-openai}: the first simulator as the one, the second as the other.
 */
public final class MessagesGateway implements AutoCloseable {

	public static final List<String> KINDS = List.of("openai", "responses", "anthropic", "gemini");

	public static final String KEY = "key-of-the-messages-client";

	private static final String STORE = "--fallback.ai.state-store.type=";

	private final HttpClient http = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext context;

	/** Made when it is needed, because not every module has the SDK. */
	private @Nullable AnthropicClient client;

	private MessagesGateway(ConfigurableApplicationContext context) {
		this.context = context;
	}

	public static MessagesGateway start(ProviderSimulator first, ProviderSimulator second, String... properties) {
		List<String> arguments = new ArrayList<>(
				List.of("--server.port=0", "--server.address=127.0.0.1", "--fallback.ai.warm-up=false",
						"--fallback.ai.gateway.enabled=true", "--fallback.ai.gateway.clients.web.api-key=" + KEY));
		for (String kind : KINDS) {
			endpoint(arguments, "first", kind, first.url());
			endpoint(arguments, "second", kind, second.url());
			for (String other : KINDS) {
				arguments.add(
						"--fallback.ai.chains." + kind + '-' + other + ".endpoints=first-" + kind + ",second-" + other);
			}
		}
		arguments.add("--fallback.ai.default-chain=anthropic-openai");
		arguments.addAll(List.of(properties));
		if (Stream.of(properties).noneMatch((property) -> property.startsWith(STORE))) {
			arguments.add(STORE + "memory");
		}
		return new MessagesGateway(new SpringApplicationBuilder(Application.class).web(WebApplicationType.REACTIVE)
			.bannerMode(Banner.Mode.OFF)
			.run(arguments.toArray(String[]::new)));
	}

	private static void endpoint(List<String> arguments, String name, String kind, String url) {
		int index = (int) arguments.stream().filter((argument) -> argument.contains("].name=")).count();
		String prefix = "--fallback.ai.endpoints[" + index + "].";
		arguments.add(prefix + "name=" + name + '-' + kind);
		arguments.add(prefix + "provider=" + (kind.equals("responses") ? "openai" : kind));
		if (!kind.equals("anthropic") && !kind.equals("gemini")) {
			arguments.add(prefix + "api=" + (kind.equals("responses") ? "responses" : "chat"));
		}
		arguments.add(prefix + "url=" + url);
		arguments.add(prefix + "model=" + name + "-model");
		arguments.add(prefix + "model-group=" + name + '-' + kind);
		arguments.add(prefix + "api-key=sk-test-of-" + name);
	}

	/** Every endpoint may be asked again. */
	public void reset() {
		EndpointControl control = this.context.getBean(EndpointControl.class);
		KINDS.forEach((kind) -> {
			control.reset("first-" + kind).block();
			control.reset("second-" + kind).block();
		});
	}

	/** Where Anthropic's clients find the gateway. */
	public String url() {
		return "http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty("local.server.port");
	}

	public AnthropicClient client() {
		AnthropicClient made = this.client;
		if (made == null) {
			made = AnthropicOkHttpClient.builder().baseUrl(url()).apiKey(KEY).maxRetries(0).build();
			this.client = made;
		}
		return made;
	}

	/** Posts a request as a client of Anthropic does. */
	public HttpResponse<String> post(String path, String body, String... headers) {
		return send("POST", path, HttpRequest.BodyPublishers.ofString(body), headers);
	}

	public HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
			.header("content-type", "application/json")
			.header("x-api-key", KEY)
			.header("anthropic-version", "2023-06-01")
			.method(method, body);
		for (int index = 0; index < headers.length; index += 2) {
			request.setHeader(headers[index], headers[index + 1]);
		}
		try {
			return this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new AssertionError("no response", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted", ex);
		}
	}

	public static JsonNode json(HttpResponse<String> response) {
		return json(response.body());
	}

	public static JsonNode json(String text) {
		return GatewayJson.read(text.getBytes(StandardCharsets.UTF_8)).value();
	}

	@Override
	public void close() {
		if (this.client != null) {
			this.client.close();
		}
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
