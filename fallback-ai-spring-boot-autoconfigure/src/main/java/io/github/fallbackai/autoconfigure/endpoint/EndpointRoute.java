// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import javax.net.ssl.SSLException;

import io.github.fallbackai.autoconfigure.diagnosis.InvalidFallbackConfigurationException;
import io.github.fallbackai.autoconfigure.properties.EndpointProperties;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * How to reach an endpoint that has its own SSL bundle or its own proxy. Errors do not
 * show the proxy's URL, which may have a password in it.
 */
public final class EndpointRoute {

	private static final String SSL_BUNDLE = "ssl-bundle";

	private static final String PROXY = "proxy";

	private final @Nullable SslBundles bundles;

	public EndpointRoute(@Nullable SslBundles bundles) {
		this.bundles = bundles;
	}

	/**
	 * Finds out how to reach an endpoint.
	 * @param endpoint the endpoint
	 * @return what to change in the client, or {@code null} if nothing
	 * @throws InvalidFallbackConfigurationException if a property is wrong
	 */
	public @Nullable UnaryOperator<HttpClient> of(LayeredEndpointProperties endpoint) {
		EndpointProperties properties = endpoint.properties();
		String bundle = properties.getSslBundle();
		String proxy = properties.getProxy();
		if (bundle == null && proxy == null) {
			return null;
		}
		Function<HttpClient, HttpClient> route = Function.identity();
		if (bundle != null) {
			SslContext context = sslContext(endpoint, bundle);
			route = route.andThen((client) -> client.secure((ssl) -> ssl.sslContext(context)));
		}
		if (proxy != null) {
			URI uri = proxy(endpoint, proxy);
			ProxyProvider.Proxy type = proxyType(endpoint, uri);
			route = route.andThen((client) -> client.proxy((options) -> configure(options.type(type), uri)));
		}
		return route::apply;
	}

	private SslContext sslContext(LayeredEndpointProperties endpoint, String name) {
		if (this.bundles == null) {
			throw endpoint.invalid(SSL_BUNDLE, "there are no SSL bundles",
					"Define the bundle below spring.ssl.bundle.");
		}
		try {
			SslBundle bundle = this.bundles.getBundle(endpoint.resolved(SSL_BUNDLE, name));
			SslContextBuilder context = SslContextBuilder.forClient()
				.keyManager(bundle.getManagers().getKeyManagerFactory())
				.trustManager(bundle.getManagers().getTrustManagerFactory());
			if (bundle.getOptions().getEnabledProtocols() != null) {
				context.protocols(bundle.getOptions().getEnabledProtocols());
			}
			if (bundle.getOptions().getCiphers() != null) {
				context.ciphers(List.of(bundle.getOptions().getCiphers()));
			}
			return context.build();
		}
		catch (NoSuchSslBundleException ex) {
			throw endpoint.invalid(SSL_BUNDLE, "unknown: " + name, "Define the bundle below spring.ssl.bundle.");
		}
		catch (SSLException ex) {
			throw endpoint.invalid(SSL_BUNDLE, "cannot be used: " + name, "Look at the certificates of the bundle.");
		}
	}

	private static URI proxy(LayeredEndpointProperties endpoint, String text) {
		try {
			URI uri = new URI(endpoint.resolved(PROXY, text).strip());
			if (uri.getHost() != null && uri.getPort() > 0) {
				return uri;
			}
		}
		catch (URISyntaxException ex) {
			// As good as none.
		}
		throw invalidProxy(endpoint);
	}

	private static ProxyProvider.Proxy proxyType(LayeredEndpointProperties endpoint, URI uri) {
		return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
			case "http" -> ProxyProvider.Proxy.HTTP;
			case "socks4" -> ProxyProvider.Proxy.SOCKS4;
			case "socks5" -> ProxyProvider.Proxy.SOCKS5;
			default -> throw invalidProxy(endpoint);
		};
	}

	private static InvalidFallbackConfigurationException invalidProxy(LayeredEndpointProperties endpoint) {
		return endpoint.invalid(PROXY, "needs a scheme (http, socks4 or socks5), a host and a port",
				"Set it to a URL such as http://proxy.example.com:3128, or remove it.");
	}

	private static void configure(ProxyProvider.AddressSpec options, URI uri) {
		ProxyProvider.Builder proxy = options.host(uri.getHost()).port(uri.getPort());
		String user = uri.getUserInfo();
		if (user != null) {
			int colon = user.indexOf(':');
			proxy.username((colon < 0) ? user : user.substring(0, colon));
			if (colon >= 0) {
				String password = user.substring(colon + 1);
				proxy.password((name) -> password);
			}
		}
	}

}
