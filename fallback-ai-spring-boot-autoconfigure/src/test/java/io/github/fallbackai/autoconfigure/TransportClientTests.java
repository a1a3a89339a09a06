// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.autoconfigure.properties.TransportClient;
import io.github.fallbackai.client.http.RawServer;
import io.github.fallbackai.client.http.netty.NettyWire;
import io.github.fallbackai.client.http.wire.ExchangeListener;
import io.github.fallbackai.client.http.wire.TestCertificate;
import io.github.fallbackai.client.http.wire.Wire;
import io.github.fallbackai.observation.DefaultExchangeObservationConvention;
import io.github.fallbackai.observation.ExchangeObservationConvention;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.wire.webclient.WebClientWire;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.metrics.MetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.observation.web.client.HttpClientObservationsAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.http.client.reactive.ClientHttpConnectorAutoConfiguration;
import org.springframework.boot.autoconfigure.web.reactive.function.client.WebClientAutoConfiguration;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@code fallback.ai.transport.client}: what it selects, and that users of
 * either client get the same.
 */
class TransportClientTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final String EXCHANGES = "http.client.requests";

	private static final String ANSWER = "{\"choices\":[{\"message\":{\"role\":\"assistant\","
			+ "\"content\":\"the only answer\"},\"finish_reason\":\"stop\"}]}";

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(FallbackAiAutoConfiguration.class, FallbackAiObservationAutoConfiguration.class,
						ClientHttpConnectorAutoConfiguration.class, WebClientAutoConfiguration.class,
						HttpClientObservationsAutoConfiguration.class, MetricsAutoConfiguration.class,
						CompositeMeterRegistryAutoConfiguration.class, ObservationAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues("fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large")
		.withPropertyValues(primary.properties());

	@Test
	void isReactorNettyUnlessTheApplicationWantsWebClient() {
		this.runner.run((context) -> assertThat(context).getBean(Wire.class).isInstanceOf(NettyWire.class));
		this.runner.withPropertyValues("fallback.ai.transport.client=webclient")
			.run((context) -> assertThat(context).getBean(Wire.class).isInstanceOf(WebClientWire.class));
	}

	@Test
	void exchangesOfEitherClientHaveTheSameMeters() {
		assertThat(meters(TransportClient.NETTY)).isEqualTo(meters(TransportClient.WEBCLIENT))
			.containsKey(EXCHANGES)
			.containsKey(EXCHANGES + ".active");
	}

	/** The meters of exchanges with all tags, but for the names of Java's classes. */
	private Map<String, Set<String>> meters(TransportClient client) {
		Map<String, Set<String>> found = new TreeMap<>();
		primary.next(Outcome.healthy(), Outcome.status(503));
		this.runner.withPropertyValues("fallback.ai.transport.client=" + client,
				// No server listens at this port.
				"fallback.ai.endpoints[1].name=dead", "fallback.ai.endpoints[1].model=small",
				"fallback.ai.endpoints[1].url=http://localhost:1/v1")
			.run((context) -> {
				AiFallbackTemplate template = context.getBean(AiFallbackTemplate.class);
				template.chat("Hello").block(LONG);
				template.chat("Hello").onErrorResume((error) -> Mono.empty()).block(LONG);
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				// WebClient ends its observation after it has told the error.
				Awaitility.await()
					.atMost(LONG)
					.until(() -> registry.find(EXCHANGES).timers().stream().mapToLong(Timer::count).sum() == 3);
				for (Meter meter : registry.getMeters()) {
					if (meter.getId().getName().startsWith(EXCHANGES)) {
						found.merge(meter.getId().getName(), Set.of(tags(meter)), TransportClientTests::union);
					}
				}
			});
		return found;
	}

	private static Set<String> union(Set<String> some, Set<String> others) {
		return Stream.concat(some.stream(), others.stream()).collect(Collectors.toSet());
	}

	private static String tags(Meter meter) {
		return meter.getId()
			.getTags()
			.stream()
			.map((tag) -> tag.getValue().endsWith("Exception") ? Tag.of(tag.getKey(), "SomeException") : tag)
			.map((tag) -> tag.getKey() + "=" + tag.getValue())
			.collect(Collectors.joining(", "));
	}

	@Test
	void exchangesHaveTheNameThatTheApplicationGivesToThoseOfItsClients() {
		this.runner.withPropertyValues("management.observations.http.client.requests.name=our.requests")
			.run((context) -> {
				context.getBean(AiFallbackTemplate.class).chat("Hello").block(LONG);
				assertThat(context.getBean(MeterRegistry.class).get("our.requests").timer().count()).isEqualTo(1);
			});
	}

	@Test
	void exchangesAreNamedByTheApplicationsConvention() {
		ExchangeObservationConvention own = new DefaultExchangeObservationConvention("our.exchanges");
		this.runner.withBean(ExchangeObservationConvention.class, () -> own).run((context) -> {
			context.getBean(AiFallbackTemplate.class).chat("Hello").block(LONG);
			assertThat(context.getBean(MeterRegistry.class).get("our.exchanges").timer().count()).isEqualTo(1);
		});
	}

	@Test
	void theApplicationMayListenItself() {
		this.runner.withBean(ExchangeListener.class, () -> ExchangeListener.NONE).run((context) -> {
			context.getBean(AiFallbackTemplate.class).chat("Hello").block(LONG);
			assertThat(context.getBean(MeterRegistry.class).find(EXCHANGES).timer()).isNull();
		});
	}

	@ParameterizedTest
	@EnumSource
	void theHttpClientCanBeCustomized(TransportClient client) {
		this.runner.withPropertyValues("fallback.ai.transport.client=" + client)
			.withBean(FallbackHttpClientCustomizer.class,
					() -> (http) -> http.headers((headers) -> headers.set("X-Through", "customizer")))
			.run((context) -> {
				context.getBean(AiFallbackTemplate.class).chat("Hello").block(LONG);
				assertThat(primary.requests()).singleElement()
					.satisfies((request) -> assertThat(request.header("X-Through")).contains("customizer"));
			});
	}

	@ParameterizedTest
	@EnumSource
	void requestsGoThroughTheProxyOfTheirEndpoint(TransportClient client) {
		try (RawServer proxy = RawServer.start((peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 200 Connected\r\n\r\n");
			peer.readRequest();
			peer.respond("200 OK", "application/json", ANSWER);
		})) {
			this.runner
				.withPropertyValues("fallback.ai.transport.client=" + client,
						"fallback.ai.overrides.primary.url=http://llm.invalid/v1",
						"fallback.ai.defaults.allow-insecure=true",
						"fallback.ai.endpoints[0].proxy=http://127.0.0.1:" + proxy.uri().getPort())
				.run((context) -> {
					assertThat(context.getBean(AiFallbackTemplate.class).chat("Hello").block(LONG).text())
						.isEqualTo("the only answer");
					assertThat(proxy.peers().get(0).requests().get(0)).startsWith("CONNECT llm.invalid:80");
				});
		}
	}

	@ParameterizedTest
	@EnumSource
	void connectionsUseTheSslBundleOfTheirEndpoint(TransportClient client, @TempDir Path directory) throws Exception {
		TestCertificate certificate = TestCertificate.create(directory);
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("internal", certificate.certificate());
		SslBundles bundles = new DefaultSslBundleRegistry("internal",
				SslBundle.of(SslStoreBundle.of(null, null, trusted)));
		SslContext context = SslContextBuilder.forServer(certificate.keys()).build();
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.secure((ssl) -> ssl.sslContext(context).handshakeTimeout(LONG))
			.handle((request, response) -> request.receive()
				.then(response.header("Content-Type", "application/json").sendString(Mono.just(ANSWER)).then()))
			.bindNow(LONG);
		try {
			this.runner.withBean(SslBundles.class, () -> bundles)
				.withPropertyValues("fallback.ai.transport.client=" + client,
						"fallback.ai.overrides.primary.url=https://127.0.0.1:" + server.port(),
						"fallback.ai.endpoints[0].ssl-bundle=internal", "fallback.ai.endpoints[0].timeout.connect=60s")
				.run((app) -> assertThat(app.getBean(AiFallbackTemplate.class).chat("Hello").block(LONG).text())
					.isEqualTo("the only answer"));
		}
		finally {
			server.disposeNow();
		}
	}

}
