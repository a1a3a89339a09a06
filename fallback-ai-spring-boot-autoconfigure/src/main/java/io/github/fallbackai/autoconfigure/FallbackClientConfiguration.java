// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.List;
import java.util.function.UnaryOperator;

import io.github.fallbackai.autoconfigure.diagnosis.Check;
import io.github.fallbackai.autoconfigure.endpoint.AllEndpointProperties;
import io.github.fallbackai.autoconfigure.endpoint.EndpointRoute;
import io.github.fallbackai.autoconfigure.endpoint.LayeredEndpointProperties;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.autoconfigure.properties.LimitsProperties;
import io.github.fallbackai.autoconfigure.properties.TransportProperties;
import io.github.fallbackai.client.CredentialsProvider;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.http.HttpEndpointClient;
import io.github.fallbackai.client.http.netty.NettyWire;
import io.github.fallbackai.client.http.netty.PooledWire;
import io.github.fallbackai.client.http.netty.TransportSettings;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.wire.ExchangeListener;
import io.github.fallbackai.client.http.wire.ResponseLimits;
import io.github.fallbackai.client.http.wire.Wire;
import io.github.fallbackai.policy.CoolDownSettings;
import io.github.fallbackai.wire.webclient.WebClientWire;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Beans that call providers: dialects, the wire, and the client of each provider.
 */
@Configuration(proxyBeanMethods = false)
class FallbackClientConfiguration {

	@Bean
	@ConditionalOnMissingBean(Wire.class)
	PooledWire<?> fallbackAiWire(FallbackAiProperties properties, AllEndpointProperties endpoints,
			ObjectProvider<WebClient.Builder> webClient, ObjectProvider<ExchangeListener> listener,
			ObjectProvider<FallbackHttpClientCustomizer> customizers, ObjectProvider<SslBundles> sslBundles) {
		PooledWire.Builder<?> wire = switch (properties.getTransport().getClient()) {
			case NETTY -> NettyWire.builder().listener(listener.getIfUnique(() -> ExchangeListener.NONE));
			case WEBCLIENT -> WebClientWire.builder().webClient(webClient.getIfUnique(WebClient::builder));
		};
		wire.httpClient(all(customizers.orderedStream().toList()))
			.transport(transport(properties.getTransport()))
			.limits(limits(properties.getLimits()));
		EndpointRoute routes = new EndpointRoute(sslBundles.getIfAvailable());
		for (LayeredEndpointProperties endpoint : endpoints.all()) {
			UnaryOperator<HttpClient> route = routes.of(endpoint);
			if (route != null) {
				wire.httpClient(endpoint.name(), route);
			}
		}
		return wire.build();
	}

	@Bean
	@ConditionalOnMissingBean
	EndpointClients fallbackAiEndpointClients(ListableBeanFactory beans, ObjectProvider<Dialect> dialects, Wire wire,
			ObjectProvider<CredentialsProvider> credentials, FallbackAiProperties properties, CallTime time) {
		CredentialsProvider provider = credentials.getIfAvailable(CredentialsProvider::configured);
		CoolDownSettings coolDown = CoolDownFactory.create(properties.getCoolDown());
		return new EndpointClients(beans.getBeansOfType(EndpointClient.class), dialects.orderedStream().toList(),
				(dialect) -> HttpEndpointClient.builder(dialect, wire)
					.credentials(provider)
					.coolDown(coolDown)
					.clock(time.nanoClock())
					.build());
	}

	private static UnaryOperator<HttpClient> all(List<FallbackHttpClientCustomizer> customizers) {
		return (client) -> {
			HttpClient customized = client;
			for (FallbackHttpClientCustomizer customizer : customizers) {
				customized = customizer.customize(customized);
			}
			return customized;
		};
	}

	private static TransportSettings transport(TransportProperties transport) {
		return Check.value(() -> new TransportSettings(transport.getMaxConnectionsPerHost(),
				transport.getPendingAcquireTimeout(), transport.getIdleTimeout(), transport.getMaxLifeTime()));
	}

	private static ResponseLimits limits(LimitsProperties limits) {
		String prefix = FallbackAiProperties.PREFIX + ".limits.";
		return Check.value(() -> new ResponseLimits(Check.bytes(prefix + "response", limits.getResponse()),
				Check.bytes(prefix + "event", limits.getEvent()),
				Check.bytes(prefix + "error-body", limits.getErrorBody())));
	}

}
