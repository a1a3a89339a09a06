// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.Map;
import java.util.Set;

import io.github.fallbackai.client.http.netty.NettyWire;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.endpoint.Parameters;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of how {@link HttpEndpointClient} gets along without parameters that a provider
 * refuses.
 */
class RejectedParameterRetryTests {

	private final NettyWire wire = NettyWire.builder().build();

	private final HttpEndpointClient client = HttpEndpointClient.of(new OpenAiDialect(), this.wire);

	@AfterEach
	void closeWire() {
		this.wire.close();
	}

	@Test
	void asksAgainWithoutARefusedParameterAndRemembersIt() {
		try (RawServer server = refusing("unsupported_value", "temperature")) {
			Endpoint endpoint = ClientFixture.endpoint(server.uri()).build();
			ClientFixture.answer(this.client, endpoint);
			ClientFixture.answer(this.client, endpoint);
			assertThat(ClientFixture.bodies(server)).hasSize(3);
			assertThat(ClientFixture.bodies(server).get(0)).contains("temperature", "seed", "max_tokens");
			assertThat(ClientFixture.bodies(server).subList(1, 3))
				.allSatisfy((body) -> assertThat(body).doesNotContain("temperature")
					.contains("seed", "max_tokens", "messages"));
		}
	}

	@Test
	void anotherEndpointStillGetsTheParameter() {
		try (RawServer server = refusing("unsupported_value", "temperature");
				RawServer other = RawServer.start((peer) -> {
					peer.readRequest();
					ClientFixture.respondWithAnswer(peer);
				})) {
			ClientFixture.answer(this.client, ClientFixture.endpoint(server.uri()).build());
			ClientFixture.answer(this.client, ClientFixture.endpoint(other.uri()).build());
			assertThat(ClientFixture.bodies(other)).singleElement().asString().contains("temperature");
		}
	}

	@Test
	void forgetsTwoParametersInOneAttemptButNotThree() {
		try (RawServer server = refusing("unsupported_parameter", "temperature", "seed")) {
			ClientFixture.answer(this.client, ClientFixture.endpoint(server.uri()).build());
			assertThat(ClientFixture.bodies(server)).hasSize(3);
		}
		try (RawServer server = refusing("unsupported_parameter", "temperature", "seed", "stream_options")) {
			Endpoint endpoint = ClientFixture.endpoint(server.uri()).build();
			assertThat(ClientFixture.failure(this.client, endpoint).kind()).isEqualTo(FailureKind.UNSUPPORTED);
			assertThat(ClientFixture.bodies(server)).hasSize(3);
			ClientFixture.answer(this.client, endpoint);
			assertThat(ClientFixture.bodies(server)).hasSize(5);
		}
	}

	@Test
	void usesTheOtherNameOfTheTokenLimit() {
		try (RawServer server = refusing("unsupported_parameter", "max_tokens")) {
			ClientFixture.answer(this.client, ClientFixture.endpoint(server.uri()).build());
			assertThat(ClientFixture.bodies(server).get(1)).contains("\"max_completion_tokens\":9");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "messages", "messages[0].content", "top_k", "" })
	void givesUpWhenTheParameterIsEssentialOrWasNotSent(String parameter) {
		try (RawServer server = RawServer.start((peer) -> {
			while (true) {
				peer.readRequest();
				ClientFixture.respondWithError(peer, 400, "unsupported_value", parameter);
			}
		})) {
			Endpoint endpoint = ClientFixture.endpoint(server.uri()).build();
			assertThat(ClientFixture.failure(this.client, endpoint).kind()).isEqualTo(FailureKind.UNSUPPORTED);
			assertThat(ClientFixture.bodies(server)).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"stream_options\"],\"msg\":\"Extra inputs are not permitted\"}]}",
			"{\"error\":{\"message\":\"Unrecognized request argument supplied: stream_options\",\"type\":\"invalid_request_error\"}}",
			"Failed to deserialize the JSON body into the target type: unknown field `stream_options`",
			"{\"error\":{\"message\":\"'stream_options' : additional property is not allowed\"}}" })
	void streamsWithoutUsageFromAServerThatDoesNotKnowTheOption(String error) {
		try (RawServer server = RawServer.start((peer) -> {
			while (true) {
				peer.readRequest();
				if (peer.bodies().get(peer.bodies().size() - 1).contains("stream_options")) {
					peer.respond("422 Unprocessable Entity", "application/json", error);
				}
				else {
					ClientFixture.respondWithAnswer(peer);
				}
			}
		})) {
			Endpoint endpoint = ClientFixture.endpoint(server.uri()).build();
			ClientFixture.answer(this.client, endpoint);
			ClientFixture.answer(this.client, endpoint);
			assertThat(ClientFixture.bodies(server)).hasSize(3);
			assertThat(ClientFixture.bodies(server).get(2)).contains("\"stream\":true")
				.doesNotContain("stream_options");
		}
	}

	@Test
	void aParameterThatIsConfiguredGoesOutAndComesBackRefusedLikeAnyOther() {
		try (RawServer server = refusing("unsupported_parameter", "top_k")) {
			ClientFixture.answer(this.client, ClientFixture.endpoint(server.uri())
				.parameters(new Parameters(Map.of("top_p", 0.3), Map.of("top_k", 40, "temperature", 1), Set.of("seed")))
				.build());
			assertThat(ClientFixture.bodies(server).get(0))
				.contains("\"top_k\":40", "\"temperature\":1", "\"top_p\":0.3")
				.doesNotContain("seed", "0.5");
			assertThat(ClientFixture.bodies(server).get(1)).contains("\"temperature\":1").doesNotContain("top_k");
		}
	}

	/** A server that refuses each of the parameters in the order given. */
	private static RawServer refusing(String code, String... parameters) {
		return RawServer.start((peer) -> {
			while (true) {
				peer.readRequest();
				String body = peer.bodies().get(peer.bodies().size() - 1);
				String refused = null;
				for (String parameter : parameters) {
					refused = (refused == null && body.contains("\"" + parameter + "\"")) ? parameter : refused;
				}
				if (refused != null) {
					ClientFixture.respondWithError(peer, 400, code, refused);
				}
				else {
					ClientFixture.respondWithAnswer(peer);
				}
			}
		});
	}

}
