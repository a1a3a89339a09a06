// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.gateway;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.gateway.ClientDirectory;
import io.github.fallbackai.gateway.GatewayClient;
import io.github.fallbackai.gateway.GatewayRoutes;
import io.github.fallbackai.gateway.GatewaySettings;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;

/**
 * Compares the time to the first content through the gateway with that of a direct call
 * to the same provider, turn by turn, so that both see the same machine. The provider
 * needs some milliseconds for its first token. Real ones need hundreds.
 */
public final class GatewayFirstContent {

	private static final Logger logger = LoggerFactory.getLogger(GatewayFirstContent.class);

	private static final int WARM_UP = 2000;

	private static final int ROUNDS = 2000;

	private static final String KEY = "key-of-a-benchmark";

	private GatewayFirstContent() {
	}

	/**
	 * Measures and logs the medians.
	 * @param args not used
	 * @throws Exception if a call fails
	 */
	public static void main(String[] args) throws Exception {
		try (ProviderSimulator provider = ProviderSimulator.create()) {
			provider.always(Outcome.healthy().firstTokenAfter(Duration.ofMillis(2)));
			Endpoint endpoint = Endpoint.named("primary").url(URI.create(provider.url())).model("model-a").build();
			Chain chain = new Chain(Chain.DEFAULT, List.of(endpoint));
			try (AiFallbackTemplate template = AiFallbackTemplate.builder()
				.chain(chain, CallSettings.DEFAULTS)
				.build()) {
				DisposableServer gateway = start(template, chain);
				try {
					compare(new FirstContent(provider.url(), "model-a", KEY),
							new FirstContent("http://127.0.0.1:" + gateway.port() + "/v1", "auto", KEY));
				}
				finally {
					gateway.disposeNow();
				}
			}
		}
	}

	private static DisposableServer start(AiFallbackTemplate template, Chain chain) {
		ClientDirectory clients = ClientDirectory.builder()
			.client(new GatewayClient("benchmark", Set.of(), 0, BigDecimal.ZERO), ApiKey.of(KEY))
			.build();
		return HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle(new ReactorHttpHandlerAdapter(RouterFunctions
				.toHttpHandler(GatewayRoutes.of(template, List.of(chain), clients, GatewaySettings.DEFAULTS))))
			.bindNow();
	}

	private static void compare(FirstContent direct, FirstContent through) throws Exception {
		for (int round = 0; round < WARM_UP; round++) {
			direct.measure();
			through.measure();
		}
		long[] directly = new long[ROUNDS];
		long[] throughGateway = new long[ROUNDS];
		for (int round = 0; round < ROUNDS; round++) {
			directly[round] = direct.measure();
			throughGateway[round] = through.measure();
		}
		double one = FirstContent.medianMillis(directly);
		double other = FirstContent.medianMillis(throughGateway);
		logger.info(
				"{} calls each. Median time to first content: directly {} ms, through the gateway {} ms, added {} ms",
				ROUNDS, rounded(one), rounded(other), rounded(other - one));
	}

	private static String rounded(double millis) {
		return String.format(Locale.ROOT, "%.2f", millis);
	}

}
