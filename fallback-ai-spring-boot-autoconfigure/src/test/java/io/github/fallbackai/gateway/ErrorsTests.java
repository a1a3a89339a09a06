// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.github.fallbackai.endpoint.Capability;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.policy.CallSettings;
import io.github.fallbackai.suite.Patience;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import io.github.fallbackai.test.wire.ProviderError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What a client learns when there is no answer.
 */
class ErrorsTests {

	private static final String PROVIDERS_WORDS = "you said something private";

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"model":"auto","messages":[                                                     | invalid_json |
					[1]                                                                              | invalid_json |
					{"messages":[{"role":"user","content":"Hi"}]}                                    | missing_required_parameter | model
					{"model":"auto"}                                                                 | missing_required_parameter | messages
					{"model":"auto","messages":[]}                                                   | invalid_value | messages
					{"model":"auto","messages":"Hi"}                                                 | invalid_type | messages
					{"model":7,"messages":[{"role":"user","content":"Hi"}]}                          | invalid_type | model
					{"model":"auto","messages":[{"role":"user"}]}                                    | missing_required_parameter | messages[0].content
					{"model":"auto","messages":[{"role":"who","content":"Hi"}]}                      | invalid_value | messages[0].role
					{"model":"auto","messages":[{"role":"user","content":[{"type":"x"}]}]}           | invalid_value | messages[0].content[0].type
					{"model":"auto","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"ftp://x"}}]}]} | invalid_value | messages[0].content[0].image_url.url
					{"model":"auto","temperature":"hot","messages":[{"role":"user","content":"Hi"}]} | invalid_type | temperature
					{"model":"auto","temperature":1e400,"messages":[{"role":"user","content":"Hi"}]} | invalid_value | temperature
					{"model":"auto","top_p":-1e400,"messages":[{"role":"user","content":"Hi"}]}      | invalid_value | top_p
					{"model":"auto","max_tokens":1.5,"messages":[{"role":"user","content":"Hi"}]}    | invalid_type | max_tokens
					{"model":"auto","max_tokens":99999999999999999999,"messages":[{"role":"user","content":"Hi"}]} | invalid_value | max_tokens
					{"model":"auto","seed":99999999999999999999,"messages":[{"role":"user","content":"Hi"}]} | invalid_value | seed
					{"model":"auto","max_tokens":0,"messages":[{"role":"user","content":"Hi"}]}      | invalid_value | max_tokens
					{"model":"auto","seed":1.5,"messages":[{"role":"user","content":"Hi"}]}          | invalid_type | seed
					{"model":"auto","stop":[1],"messages":[{"role":"user","content":"Hi"}]}          | invalid_type | stop[0]
					{"model":"auto","stream":"yes","messages":[{"role":"user","content":"Hi"}]}      | invalid_type | stream
					{"model":"auto","n":2,"messages":[{"role":"user","content":"Hi"}]}               | unsupported_parameter | n
					{"model":"auto","modalities":["audio"],"messages":[{"role":"user","content":"Hi"}]} | unsupported_parameter | modalities
					{"model":"auto","functions":[],"messages":[{"role":"user","content":"Hi"}]}      | unsupported_parameter | functions
					{"model":"auto","tools":[{"type":"custom"}],"messages":[{"role":"user","content":"Hi"}]} | unsupported_parameter | tools[0].type
					{"model":"auto","tools":[{"type":"function","function":{}}],"messages":[{"role":"user","content":"Hi"}]} | missing_required_parameter | tools[0].function.name
					{"model":"auto","response_format":{"type":"xml"},"messages":[{"role":"user","content":"Hi"}]} | invalid_value | response_format.type
					""")
	void saysWhatIsWrongWithARequest(String body, String code, String param) {
		try (GatewayServer gateway = GatewayServer.before(endpoint("primary"))) {
			RawResponse response = RawResponse.post(gateway, body);
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.header("Content-Type")).isEqualTo("application/json");
			assertThat(response.error("type")).isEqualTo("invalid_request_error");
			assertThat(response.error("code")).isEqualTo(code);
			assertThat(response.error("param")).isEqualTo(param);
			assertThat(response.error("message")).isNotBlank();
		}
		assertThat(primary.requestCount()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "99999999999", "99999999999999999999" })
	void namesBothBoundsOfMaxTokens(String limit) {
		try (GatewayServer gateway = GatewayServer.before(endpoint("primary"))) {
			RawResponse response = RawResponse.post(gateway, "{\"model\":\"auto\",\"max_tokens\":" + limit
					+ ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.error("message")).contains("from 1 to 2147483647");
		}
	}

	@Test
	void refusesUnknownModels() {
		try (GatewayServer gateway = GatewayServer.before(endpoint("primary"))) {
			NotFoundException error = failure(gateway, GatewayServer.KEY, "gpt-9", NotFoundException.class);
			assertThat(error.code()).contains("model_not_found");
			assertThat(error.param()).contains("model");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void refusesRequestsThatAreTooLarge(boolean lengthIsKnown) {
		GatewaySettings small = new GatewaySettings("/v1", Set.of(), 1000, Duration.ZERO, false);
		byte[] body = ("{\"model\":\"" + "x".repeat(5000) + "\"}").getBytes();
		HttpRequest.BodyPublisher publisher = lengthIsKnown ? HttpRequest.BodyPublishers.ofByteArray(body)
				: HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
		try (GatewayServer gateway = GatewayServer.with(CallSettings.DEFAULTS, small, endpoint("primary"))) {
			RawResponse response = RawResponse.exchange(gateway, "/chat/completions", publisher);
			assertThat(response.status()).isEqualTo(413);
			assertThat(response.error("code")).isEqualTo("request_too_large");
		}
	}

	@Test
	void refusesUnknownKeys() {
		try (GatewayServer gateway = GatewayServer.before(endpoint("primary"))) {
			UnauthorizedException error = failure(gateway, "wrong", "auto", UnauthorizedException.class);
			assertThat(error.code()).contains("invalid_api_key");
			assertThat(error.headers().values("WWW-Authenticate")).containsExactly("Bearer");
			assertThat(catchThrowableOfType(UnauthorizedException.class, () -> gateway.client("wrong").models().list()))
				.isNotNull();
		}
	}

	@Test
	void saysWhenTheFirstRateLimitEnds() {
		primary.always(Outcome.status(429).withHeader("Retry-After", "240"));
		backup.always(Outcome.status(429).withHeader("Retry-After", "120"));
		try (GatewayServer gateway = GatewayServer.before(endpoint("primary"), endpoint("backup"))) {
			for (int call = 0; call < 2; call++) {
				RateLimitException error = failure(gateway, GatewayServer.KEY, "auto", RateLimitException.class);
				assertThat(error.code()).contains("rate_limit_exceeded");
				int wait = Integer.parseInt(error.headers().values("Retry-After").get(0));
				assertThat(wait).isBetween(60, 123);
			}
			assertThat(primary.requestCount()).isEqualTo(1);
		}
	}

	@Test
	void saysWhenTheFirstBreakerLetsAProbeThrough() {
		primary.always(Outcome.status(500));
		try (GatewayServer gateway = GatewayServer.before(endpoint("primary"))) {
			for (int call = 0; call < 3; call++) {
				assertThat(failure(gateway, GatewayServer.KEY, "auto", InternalServerException.class).statusCode())
					.isEqualTo(502);
			}
			InternalServerException error = failure(gateway, GatewayServer.KEY, "auto", InternalServerException.class);
			assertThat(error.statusCode()).isEqualTo(503);
			assertThat(error.code()).contains("no_endpoint_available");
			assertThat(Integer.parseInt(error.headers().values("Retry-After").get(0))).isBetween(1, 30);
		}
	}

	@Test
	void endsAtTheDeadline() {
		primary.always(Outcome.healthy().hangBeforeHeaders());
		CallSettings impatient = CallSettings.builder().deadline(Duration.ofMillis(300)).build();
		try (GatewayServer gateway = GatewayServer.with(impatient, GatewaySettings.DEFAULTS, endpoint("primary"))) {
			InternalServerException error = failure(gateway, GatewayServer.KEY, "auto", InternalServerException.class);
			assertThat(error.statusCode()).isEqualTo(504);
			assertThat(error.code()).contains("deadline_exceeded");
			assertThat(RawResponse.stream(gateway, "Hi").status()).isEqualTo(504);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 500 })
	void hidesWhoseFaultItWasBehindABadGateway(int status) {
		primary.always(Outcome.error(ProviderError.of(status).withMessage(PROVIDERS_WORDS)));
		try (GatewayServer gateway = GatewayServer.before(endpoint("primary"))) {
			RawResponse unary = RawResponse.ask(gateway, "auto", "Hi");
			assertThat(unary.status()).isEqualTo(502);
			assertThat(unary.error("type")).isEqualTo("server_error");
			assertThat(unary.body()).doesNotContain(PROVIDERS_WORDS);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 413, 422 })
	void keepsTheStatusOfTheFirstAnswerToARequestThatEveryEndpointRefuses(int status) {
		ProviderError odd = new ProviderError(status, "odd", "odd", PROVIDERS_WORDS, "odd");
		primary.always(Outcome.error(odd));
		backup.always(Outcome.error(odd));
		try (GatewayServer gateway = GatewayServer.before(endpoint("primary"), endpoint("backup"))) {
			assertThat(RawResponse.ask(gateway, "auto", "Hi").status()).isEqualTo(status);
			assertThat(RawResponse.stream(gateway, "Hi").status()).isEqualTo(status);
		}
		assertThat(backup.requestCount()).isEqualTo(2);
	}

	@Test
	void saysThatNoModelCanDoWhatTheRequestNeeds() {
		ProviderError blind = ProviderError.of(400).withParam("none").withMessage("This model does not support that.");
		primary.always(Outcome.error(blind));
		backup.always(Outcome.error(blind));
		try (GatewayServer gateway = GatewayServer.before(endpoint("primary"), endpoint("backup"))) {
			RawResponse response = RawResponse.ask(gateway, "auto", "Hi");
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.error("code")).isEqualTo("unsupported_request");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void keepsTheClassOfACallersErrorAndItsTextOnlyIfSwitchedOn(boolean shown) {
		primary.always(Outcome.error(ProviderError.of(400).withCode("invalid_value").withMessage(PROVIDERS_WORDS)));
		GatewaySettings settings = new GatewaySettings("/v1", Set.of(), 10_000, Duration.ZERO, shown);
		try (GatewayServer gateway = GatewayServer.with(CallSettings.DEFAULTS, settings, endpoint("primary"),
				endpoint("backup"))) {
			for (RawResponse response : List.of(RawResponse.ask(gateway, "auto", "Hi"),
					RawResponse.stream(gateway, "Hi"))) {
				assertThat(response.status()).isEqualTo(400);
				assertThat(response.error("type")).isEqualTo("invalid_request_error");
				assertThat(response.error("code")).isEqualTo("invalid_value");
				assertThat(response.body().contains(PROVIDERS_WORDS)).isEqualTo(shown);
			}
		}
		assertThat(backup.requestCount()).isZero();
	}

	@Test
	void saysThatAConversationIsTooLong() {
		primary.always(Outcome.error(ProviderError.of(400).withCode("context_length_exceeded")));
		try (GatewayServer gateway = GatewayServer.before(endpoint("primary"))) {
			assertThat(failure(gateway, GatewayServer.KEY, "auto", BadRequestException.class).code())
				.contains("context_length_exceeded");
		}
	}

	@Test
	void saysThatNobodyCanDoWhatIsAsked() {
		Endpoint blind = endpoint("primary").toBuilder().capabilities(Set.of(Capability.TOOLS)).build();
		try (GatewayServer gateway = GatewayServer.before(blind)) {
			RawResponse response = RawResponse.post(gateway,
					"{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":"
							+ "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.com/x.png\"}}]}]}");
			assertThat(response.status()).isEqualTo(400);
			assertThat(response.error("code")).isEqualTo("unsupported_request");
		}
	}

	private static <T extends OpenAIServiceException> T failure(GatewayServer gateway, String key, String model,
			Class<T> type) {
		return catchThrowableOfType(type,
				() -> gateway.client(key)
					.chat()
					.completions()
					.create(ChatCompletionCreateParams.builder().model(model).addUserMessage("Hi").build()));
	}

	private static Endpoint endpoint(String name) {
		ProviderSimulatorExtension simulator = name.equals("primary") ? primary : backup;
		return Endpoint.named(name)
			.url(URI.create(simulator.url()))
			.model("model-" + name)
			.limits(Patience.LIMITS)
			.build();
	}

}
