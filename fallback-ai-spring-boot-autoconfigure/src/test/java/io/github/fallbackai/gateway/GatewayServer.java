// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.AiFallbackTemplateBuilder;
import io.github.fallbackai.breaker.EndpointGates;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.policy.CallSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;

/**
 * A gateway on a free port of the loopback interface, and clients for it.
 */
public final class GatewayServer implements AutoCloseable {

	/** The key of the client. */
	public static final String KEY = "client-key-of-a-test";

	private final AiFallbackTemplate template;

	private final DisposableServer server;

	private final List<OpenAIClient> clients = new ArrayList<>();

	private GatewayServer(AiFallbackTemplate template, List<Chain> chains, ClientDirectory directory,
			GatewaySettings settings) {
		this.template = template;
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle(new ReactorHttpHandlerAdapter(
					RouterFunctions.toHttpHandler(GatewayRoutes.of(template, chains, directory, settings))))
			.bindNow();
	}

	/** A gateway before a chain of endpoints, with one client. */
	public static GatewayServer before(Endpoint... endpoints) {
		return with(CallSettings.DEFAULTS, GatewaySettings.DEFAULTS, endpoints);
	}

	public static GatewayServer with(CallSettings calls, GatewaySettings settings, Endpoint... endpoints) {
		ClientDirectory directory = ClientDirectory.builder()
			.client(new GatewayClient("web", Set.of(), 0, BigDecimal.ZERO), ApiKey.of(KEY))
			.build();
		return with(calls, settings, directory, new Chain(Chain.DEFAULT, List.of(endpoints)));
	}

	public static GatewayServer with(CallSettings calls, GatewaySettings settings, ClientDirectory directory,
			Chain... chains) {
		return start(AiFallbackTemplate.builder(), calls, settings, directory, chains);
	}

	/** The same with breakers that never open. */
	public static GatewayServer withoutBreakers(CallSettings calls, Endpoint... endpoints) {
		CircuitBreakerRegistry breakers = CircuitBreakerRegistry.ofDefaults();
		EndpointGates gates = EndpointGates.builder().endpoints(endpoints).circuitBreakers(breakers).build();
		breakers.getAllCircuitBreakers().forEach((breaker) -> breaker.transitionToDisabledState());
		ClientDirectory directory = ClientDirectory.builder()
			.client(new GatewayClient("web", Set.of(), 0, BigDecimal.ZERO), ApiKey.of(KEY))
			.build();
		return start(AiFallbackTemplate.builder().gates(gates), calls, GatewaySettings.DEFAULTS, directory,
				new Chain(Chain.DEFAULT, List.of(endpoints)));
	}

	private static GatewayServer start(AiFallbackTemplateBuilder template, CallSettings calls, GatewaySettings settings,
			ClientDirectory directory, Chain... chains) {
		template.listeners(List.of(directory.spending())).consumerStall(Duration.ofMinutes(10));
		for (Chain chain : chains) {
			template.chain(chain, calls);
		}
		return new GatewayServer(template.build(), List.of(chains), directory, settings);
	}

	public int port() {
		return this.server.port();
	}

	public String url() {
		return "http://127.0.0.1:" + port() + "/v1";
	}

	public OpenAIClient client() {
		return client(KEY);
	}

	public OpenAIClient client(String key) {
		OpenAIClient client = OpenAIOkHttpClient.builder()
			.baseUrl(url())
			.apiKey(key)
			.maxRetries(0)
			.timeout(Duration.ofMinutes(15))
			.build();
		this.clients.add(client);
		return client;
	}

	public AiFallbackTemplate template() {
		return this.template;
	}

	/** Closes the clients and their connections. */
	public void closeClients() {
		this.clients.forEach(OpenAIClient::close);
	}

	@Override
	public void close() {
		closeClients();
		this.server.disposeNow(Duration.ofSeconds(60));
		this.template.close();
	}

}
