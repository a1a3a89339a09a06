// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.fallbackai.client.http.RawServer;
import io.github.fallbackai.client.http.netty.PooledWire;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.transport.ProxyProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the way to an endpoint: its TLS, its proxy, and what the application adds.
 */
public abstract class WireRouteContract {

	private final Supplier<? extends PooledWire.Builder<?>> builder;

	protected WireRouteContract(Supplier<? extends PooledWire.Builder<?>> builder) {
		this.builder = builder;
	}

	@Test
	void trustsACertificateForTheOneEndpointOnly(@TempDir Path directory) throws Exception {
		TestCertificate certificate = TestCertificate.create(directory);
		SslContext trusting = SslContextBuilder.forClient().trustManager(certificate.certificate()).build();
		DisposableServer server = tlsServer(certificate);
		try (PooledWire<?> wire = wire("private", (client) -> client.secure((ssl) -> ssl.sslContext(trusting)))) {
			URI uri = URI.create("https://127.0.0.1:" + server.port());
			assertThat(text(wire, uri, "private")).isEqualTo("over TLS");
			assertThat(text(wire, uri, "private")).isEqualTo("over TLS");
			URI otherName = URI.create("https://localhost:" + server.port());
			assertThat(WireFixture.failureOf(body(wire, otherName, "private")).kind())
				.isEqualTo(FailureKind.CONNECT_FAILED);
			assertThat(WireFixture.failureOf(body(wire, uri, "public")).kind()).isEqualTo(FailureKind.CONNECT_FAILED);
			assertThat(WireFixture.failureOf(body(wire, uri, "")).kind()).isEqualTo(FailureKind.CONNECT_FAILED);
			assertThat(text(wire, uri, "private")).isEqualTo("over TLS");
		}
		finally {
			server.disposeNow();
		}
	}

	@Test
	void keepsTheConnectTimeoutOfAnEndpointWithItsOwnTls() throws Exception {
		SslContext context = SslContextBuilder.forClient().build();
		try (RawServer server = RawServer.start(RawServer.Peer::awaitHangUp);
				PooledWire<?> wire = wire("private", (client) -> client.secure((ssl) -> ssl.sslContext(context)))) {
			URI uri = URI.create(server.uri().toString().replace("http:", "https:"));
			WireRequest request = WireFixture.post(uri, Duration.ofSeconds(1)).forEndpoint("private");
			Failure failure = WireFixture.failureOf(WireFixture.body(wire, request));
			assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT_FAILED);
			assertThat(failure.cause()).isInstanceOf(SslHandshakeTimeoutException.class).hasMessageContaining("1000ms");
		}
	}

	@Test
	void goesThroughTheProxyOfTheOneEndpointOnly() {
		try (RawServer proxy = RawServer.start((peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 200 Connected\r\n\r\n");
			peer.readRequest();
			peer.respond("200 OK", "text/plain", "by proxy");
		}); RawServer direct = RawServer.start((peer) -> {
			peer.readRequest();
			peer.respond("200 OK", "text/plain", "directly");
		});
				PooledWire<?> wire = wire("remote",
						(client) -> client.proxy((options) -> options.type(ProxyProvider.Proxy.HTTP)
							.host("127.0.0.1")
							.port(proxy.uri().getPort())))) {
			assertThat(text(wire, URI.create("http://llm.invalid/v1"), "remote")).isEqualTo("by proxy");
			assertThat(text(wire, direct.uri(), "local")).isEqualTo("directly");
			List<String> heads = proxy.peers().get(0).requests();
			assertThat(heads.get(0)).startsWith("CONNECT llm.invalid:80").doesNotContain("sk-secret");
			assertThat(heads.get(1)).startsWith("POST /v1").contains("sk-secret");
		}
	}

	@Test
	void generalAdjustmentsComeBeforeTheEndpointsOwn() {
		try (RawServer server = RawServer.start((peer) -> {
			while (true) {
				peer.readRequest();
				peer.respond("200 OK", "text/plain", "ok");
			}
		});
				PooledWire<?> wire = this.builder.get()
					.httpClient((client) -> client
						.headers((headers) -> headers.set("X-Order", "general").set("X-All", "yes")))
					.httpClient("own", (client) -> client.headers((headers) -> headers.set("X-Order", "own")))
					.build()) {
			text(wire, server.uri(), "own");
			text(wire, server.uri(), "other");
			List<String> heads = server.peers().stream().flatMap((peer) -> peer.requests().stream()).toList();
			assertThat(heads.get(0)).contains("X-All: yes", "X-Order: own");
			assertThat(heads.get(1)).contains("X-All: yes", "X-Order: general");
		}
	}

	private PooledWire<?> wire(String endpoint, UnaryOperator<HttpClient> customizer) {
		return this.builder.get().httpClient(endpoint, customizer).build();
	}

	private static DisposableServer tlsServer(TestCertificate certificate) throws Exception {
		SslContext context = SslContextBuilder.forServer(certificate.keys()).build();
		return HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.secure((ssl) -> ssl.sslContext(context).handshakeTimeout(WireFixture.LONG))
			.handle((request, response) -> request.receive().then(response.sendString(Mono.just("over TLS")).then()))
			.bindNow(WireFixture.LONG);
	}

	private static String text(PooledWire<?> wire, URI uri, String endpoint) {
		return body(wire, uri, endpoint).blockLast(WireFixture.LONG);
	}

	private static Flux<String> body(PooledWire<?> wire, URI uri, String endpoint) {
		return WireFixture.body(wire, WireFixture.post(uri).forEndpoint(endpoint));
	}

}
