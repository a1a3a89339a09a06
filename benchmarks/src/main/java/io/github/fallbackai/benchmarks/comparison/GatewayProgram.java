// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The process of one gateway. It prints its port. Then it reads lines and answers
 * {@code begin} with nothing of interest, and {@code end} with what it cost since then:
 * nanoseconds of processor time, and bytes.
 */
final class GatewayProgram {

	/** The reference: a WebFlux application that passes bytes through. */
	static final String PASS_THROUGH = "pass-through";

	/** This library's gateway. */
	static final String GATEWAY = "gateway";

	private GatewayProgram() {
	}

	/**
	 * Runs until its standard input ends.
	 * @param args one of the names above, base URL of the provider
	 * @throws IOException if standard input cannot be read
	 */
	public static void main(String[] args) throws IOException {
		PrintStream answers = System.out;
		// Whatever logs must not mix with the answers.
		System.setOut(System.err);
		ConfigurableApplicationContext application = args[0].equals(GATEWAY) ? gateway(args[1]) : passThrough(args[1]);
		answers.println(((ReactiveWebServerApplicationContext) application).getWebServer().getPort());
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		ProcessCost begin = ProcessCost.now();
		for (String command = commands.readLine(); command != null; command = commands.readLine()) {
			ProcessCost cost = ProcessCost.now().since(begin);
			answers.println(String.format(Locale.ROOT, "%d %d", cost.nanos(), cost.bytes()));
			begin = ProcessCost.now();
		}
		System.exit(0);
	}

	private static ConfigurableApplicationContext gateway(String provider) {
		return run(Gateway.class, "--fallback.ai.endpoints[0].name=primary",
				"--fallback.ai.endpoints[0].url=" + provider, "--fallback.ai.endpoints[0].model=" + Client.MODEL,
				"--fallback.ai.endpoints[0].api-key=" + Client.KEY, "--fallback.ai.endpoints[1].name=backup",
				"--fallback.ai.endpoints[1].url=" + provider, "--fallback.ai.endpoints[1].model=" + Client.MODEL,
				"--fallback.ai.endpoints[1].api-key=" + Client.KEY, "--fallback.ai.defaults.unary-as-stream=false",
				"--fallback.ai.state-store.type=memory", "--fallback.ai.gateway.enabled=true",
				"--fallback.ai.gateway.clients.users.api-key=" + Client.KEY);
	}

	private static ConfigurableApplicationContext passThrough(String provider) {
		return run(PassThrough.class, "--provider=" + provider);
	}

	private static ConfigurableApplicationContext run(Class<?> application, String... arguments) {
		String[] all = new String[arguments.length + 4];
		System.arraycopy(arguments, 0, all, 0, arguments.length);
		all[arguments.length] = "--server.port=0";
		all[arguments.length + 1] = "--server.address=127.0.0.1";
		all[arguments.length + 2] = "--spring.main.banner-mode=off";
		all[arguments.length + 3] = "--management.endpoints.web.exposure.include=health,prometheus";
		return new SpringApplicationBuilder(application).run(all);
	}

	/**
	 * An application that is a gateway.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Gateway {

	}

	/**
	 * An application that passes requests and answers through, byte by byte.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class PassThrough {

		private final WebClient http = RawWebClient.builder().build();

		@Bean
		RouterFunction<ServerResponse> chatCompletions(
				@org.springframework.beans.factory.annotation.Value("${provider}") URI provider) {
			URI target = URI.create(provider + "/chat/completions");
			return RouterFunctions.route().POST("/v1/chat/completions", (request) -> pass(request, target)).build();
		}

		private Mono<ServerResponse> pass(ServerRequest request, URI target) {
			return this.http.post()
				.uri(target)
				.header(HttpHeaders.AUTHORIZATION, "Bearer " + Client.KEY)
				.contentType(MediaType.APPLICATION_JSON)
				.body(BodyInserters.fromDataBuffers(request.bodyToFlux(DataBuffer.class)))
				.retrieve()
				.toEntityFlux(DataBuffer.class)
				.flatMap((answer) -> ServerResponse.status(answer.getStatusCode())
					.contentType(java.util.Objects.requireNonNullElse(answer.getHeaders().getContentType(),
							MediaType.APPLICATION_JSON))
					.body(BodyInserters.fromDataBuffers(java.util.Objects.requireNonNull(answer.getBody()))));
		}

	}

}
