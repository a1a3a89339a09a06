// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;

import io.github.fallbackai.autoconfigure.ConfigurationFixture;
import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.client.http.RawServer;
import io.github.fallbackai.client.http.wire.TestCertificate;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider;

import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslStoreBundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link EndpointRoute}.
 */
class EndpointRouteTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final SslBundles NO_BUNDLES = new DefaultSslBundleRegistry();

	@Test
	void isLikeAllOthersUnlessConfigured() {
		assertThat(new EndpointRoute(NO_BUNDLES).of(layered())).isNull();
	}

	@Test
	void connectsWithTheSslBundle(@TempDir Path directory) throws Exception {
		TestCertificate certificate = TestCertificate.create(directory);
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("internal", certificate.certificate());
		SslBundles bundles = new DefaultSslBundleRegistry("internal",
				SslBundle.of(SslStoreBundle.of(null, null, trusted)));
		UnaryOperator<HttpClient> route = new EndpointRoute(bundles).of(layered("ssl-bundle=internal"));
		SslContext context = SslContextBuilder.forServer(certificate.keys()).build();
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.secure((ssl) -> ssl.sslContext(context).handshakeTimeout(LONG))
			.handle((request, response) -> response.sendString(Mono.just("hello")))
			.bindNow(LONG);
		try {
			String uri = "https://127.0.0.1:" + server.port();
			assertThat(get(patient(route.apply(HttpClient.create())), uri)).isEqualTo("hello");
			assertThatThrownBy(() -> get(patient(HttpClient.create().secure()), uri))
				.hasStackTraceContaining("certification path");
		}
		finally {
			server.disposeNow();
		}
	}

	@Test
	void connectsThroughAnHttpProxyThatWantsAPassword() {
		try (RawServer proxy = RawServer.start((peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 200 Connected\r\n\r\n");
			peer.readRequest();
			peer.respond("200 OK", "text/plain", "hello");
		})) {
			UnaryOperator<HttpClient> route = new EndpointRoute(null)
				.of(layered("proxy=HTTP://user:pass@127.0.0.1:" + proxy.uri().getPort()));
			assertThat(get(route.apply(HttpClient.create()), "http://llm.invalid/")).isEqualTo("hello");
			assertThat(proxy.peers().get(0).requests().get(0)).startsWith("CONNECT llm.invalid:80")
				.containsIgnoringCase("proxy-authorization: Basic dXNlcjpwYXNz");
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 4, 5 })
	void connectsThroughASocksProxy(int version) {
		BlockingQueue<Integer> greeting = new LinkedBlockingQueue<>();
		try (RawServer proxy = RawServer.start((peer) -> {
			greeting.add(peer.read());
			peer.close();
		})) {
			UnaryOperator<HttpClient> route = new EndpointRoute(null)
				.of(layered("proxy=socks" + version + "://127.0.0.1:" + proxy.uri().getPort()));
			assertThatThrownBy(() -> get(route.apply(HttpClient.create()), "http://127.0.0.1:9/")).isNotNull();
			assertThat(greeting).contains(version);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "proxy.example.com:3128", "ftp://user:secret@proxy.example.com:3128",
			"http://user:secret@proxy.example.com", "http://", "http://a b:1", "" })
	void refusesAProxyThatIsNone(String url) {
		assertInvalid("proxy", "needs a scheme", "proxy=" + url);
	}

	@Test
	void refusesASslBundleThatIsNone() {
		assertInvalid("ssl-bundle", "unknown: internal", "ssl-bundle=internal");
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> new EndpointRoute(null).of(layered("ssl-bundle=internal")))
			.satisfies((ex) -> assertThat(ex.action()).contains("spring.ssl.bundle"));
	}

	private static void assertInvalid(String property, String reason, String setting) {
		assertThatExceptionOfType(InvalidFallbackConfigurationException.class)
			.isThrownBy(() -> new EndpointRoute(NO_BUNDLES).of(layered(setting)))
			.satisfies((ex) -> {
				assertThat(ex.property()).isEqualTo("fallback.ai.endpoints[0]." + property);
				assertThat(ex.reason()).startsWith(reason);
				assertThat(ex.getMessage() + ex.action()).doesNotContain("secret");
			});
	}

	/** The same with as much time for a TLS handshake as a slow machine may need. */
	private static HttpClient patient(HttpClient client) {
		return client.secure(SslProvider.addHandlerConfigurator(client.configuration().sslProvider(),
				(handler) -> handler.setHandshakeTimeoutMillis(LONG.toMillis())));
	}

	private static String get(HttpClient client, String uri) {
		return client.get().uri(uri).responseContent().aggregate().asString().block(LONG);
	}

	private static LayeredEndpointProperties layered(String... properties) {
		List<String> all = new ArrayList<>(List.of("fallback.ai.endpoints[0].model=large"));
		for (String property : properties) {
			all.add("fallback.ai.endpoints[0]." + property);
		}
		return ConfigurationFixture.file(all.toArray(String[]::new)).layered().get(0);
	}

}
