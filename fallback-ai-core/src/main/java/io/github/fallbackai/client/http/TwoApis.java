// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Authentication;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.provider.openai.AzureOpenAiDialect;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.ProviderApi;
import io.github.fallbackai.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A provider with two APIs for the same models: chat completions, which most servers
 * know, and responses, which some models need. The endpoint decides, or what it refuses.
 *
 * @param chat the API that is used unless there is a reason
 * @param responses the other one
 */
record TwoApis(Dialect chat, Dialect responses) implements Dialect {

	private static final String OPENAI = ".openai.com";

	@Override
	public Dialect of(Endpoint endpoint, boolean other) {
		String option = endpoint.options().getOrDefault(ProviderApi.OPTION, ProviderApi.AUTO.name());
		return switch (ProviderApi.valueOf(option.toUpperCase(Locale.ROOT))) {
			case CHAT -> this.chat;
			case RESPONSES -> this.responses;
			case AUTO -> other ? this.responses : this.chat;
		};
	}

	/** Only where the other API certainly exists, a request may need it. */
	@Override
	public Dialect of(Endpoint endpoint, ChatRequest request) {
		Dialect first = of(endpoint, false);
		boolean both = of(endpoint, true) != first;
		return (both && first.unsupported(request) != null && hasBoth(endpoint)) ? this.responses : first;
	}

	private static boolean hasBoth(Endpoint endpoint) {
		String host = endpoint.url().getHost();
		return endpoint.provider().equals(AzureOpenAiDialect.PROVIDER) || (host != null && host.endsWith(OPENAI));
	}

	@Override
	public @Nullable Dialect embeddings() {
		return this.chat.embeddings();
	}

	@Override
	public @Nullable String unsupported(ChatRequest request) {
		return this.responses.unsupported(request);
	}

	@Override
	public String provider() {
		return this.chat.provider();
	}

	@Override
	public @Nullable URI defaultUrl() {
		return this.chat.defaultUrl();
	}

	@Override
	public Authentication authentication() {
		return this.chat.authentication();
	}

	@Override
	public Set<String> essentialParameters() {
		return this.chat.essentialParameters();
	}

	@Override
	public WireRequest encode(EndpointRequest request) {
		return of(request.endpoint(), false).encode(request);
	}

	@Override
	public StreamDecoder streamDecoder(ResponseHead head) {
		return this.chat.streamDecoder(head);
	}

	@Override
	public List<EndpointEvent> decodeUnary(ResponseHead head, byte[] body) {
		return this.chat.decodeUnary(head, body);
	}

	@Override
	public Failure classify(ResponseHead head, byte[] body) {
		return this.chat.classify(head, body);
	}

}
