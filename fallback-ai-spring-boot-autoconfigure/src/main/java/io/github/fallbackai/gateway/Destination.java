package io.github.fallbackai.gateway;

import java.util.Locale;
import java.util.Set;

import io.github.fallbackai.endpoint.Chain;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.ProviderApi;
import org.jspecify.annotations.Nullable;

import static java.util.stream.Collectors.toUnmodifiableSet;

/**
 * Where a request goes.
 *
 * @param chain the chain
 * @param target the endpoint, model group or model to start from, {@code null} for the
 * first
 */
record Destination(Chain chain, @Nullable String target) {

	private static final String RESPONSES = ProviderApi.RESPONSES.name().toLowerCase(Locale.ROOT);

	/**
	 * The endpoints that understand the client's request unchanged. Those that are asked
	 * by another API do not.
	 */
	Set<String> openAiEndpoints() {
		return this.chain.endpoints()
			.stream()
			.filter((endpoint) -> OpenAiFamily.PROVIDERS.contains(endpoint.provider()))
			.filter((endpoint) -> !RESPONSES.equals(endpoint.options().get(ProviderApi.OPTION)))
			.map(Endpoint::name)
			.collect(toUnmodifiableSet());
	}

}
