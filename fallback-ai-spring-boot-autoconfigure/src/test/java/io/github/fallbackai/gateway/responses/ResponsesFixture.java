// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import java.net.URI;
import java.net.http.HttpRequest;

import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.EndpointBuilder;
import io.github.fallbackai.endpoint.ProviderApi;
import io.github.fallbackai.gateway.GatewayServer;
import io.github.fallbackai.gateway.RawResponse;
import io.github.fallbackai.suite.Patience;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulator;

/**
 * Endpoints of all kinds, and requests to a gateway before them.
 */
final class ResponsesFixture {

	/** An OpenAI endpoint that is asked by the Responses API. */
	static final String RESPONSES = "openai-responses";

	private ResponsesFixture() {
	}

	static Endpoint endpoint(ProviderSimulator provider, String kind) {
		EndpointBuilder endpoint = Endpoint.named(provider.endpoint())
			.provider(kind.equals(RESPONSES) ? "openai" : kind)
			.url(URI.create(provider.url()))
			.model("model-of-" + provider.endpoint())
			.limits(Patience.LIMITS);
		if (kind.equals(RESPONSES)) {
			endpoint.option(ProviderApi.OPTION, "responses");
		}
		return endpoint.build();
	}

	static RawResponse post(GatewayServer gateway, String body, String... headers) {
		return RawResponse.exchange(gateway, "/responses", HttpRequest.BodyPublishers.ofString(body), headers);
	}

	/** Asks for a stream, and checks it. */
	static ResponseEvents stream(GatewayServer gateway, String body) {
		RawResponse response = post(gateway, body);
		if (response.status() != 200) {
			throw new AssertionError(response.status() + ": " + response.body());
		}
		return ResponseEvents.of(response.body());
	}

	/** A stream of events of the Responses API, one in each line. */
	static Outcome events(String events) {
		StringBuilder stream = new StringBuilder();
		events.lines()
			.forEach((event) -> stream.append("event: ")
				.append(ResponseEvents.json(event).path("type").asText())
				.append("\ndata: ")
				.append(event)
				.append("\n\n"));
		return Outcome.raw(200, "text/event-stream", stream.toString());
	}

}
