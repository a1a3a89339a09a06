// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpResponse;
import com.google.auth.oauth2.GoogleAuthException;
import com.openai.core.http.Headers;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.models.ErrorObject;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class SdkExceptionsTests {

	static Stream<Arguments> failures() {
		return Stream.of(
				arguments(RateLimitException.builder().headers(Headers.builder().build()).error(quota()).build(),
						FailureKind.QUOTA_EXHAUSTED),
				arguments(new AwsException(503, "ServiceUnavailableException"), FailureKind.OVERLOADED),
				arguments(new AwsException(400, "ThrottlingException"), FailureKind.RATE_LIMITED),
				arguments(new AwsException(0, "none"), FailureKind.SERVER_ERROR),
				arguments(new ClientAuthenticationException("Status code 401, \"{\"error\":{\"code\":\"401\"}}\"",
						new AzureResponse(401)), FailureKind.AUTHENTICATION),
				arguments(new HttpResponseException("failed", new AzureResponse(429)), FailureKind.RATE_LIMITED),
				arguments(azure(429, "insufficient_quota"), FailureKind.QUOTA_EXHAUSTED),
				arguments(azure(400, "content_filter"), FailureKind.CONTENT_FILTERED),
				arguments(azure(404, "DeploymentNotFound"), FailureKind.MODEL_UNAVAILABLE),
				arguments(new HttpResponseException("no answer", null), FailureKind.SERVER_ERROR),
				arguments(azure(403, "\"<html><body>No</body></html>\""), FailureKind.INVALID_RESPONSE),
				arguments(azure(404, "(empty body)"), FailureKind.INVALID_RESPONSE),
				arguments(azure(404, "(12-byte body)"), FailureKind.INVALID_RESPONSE),
				arguments(NotFoundException.builder()
					.headers(Headers.builder().build())
					.error(ErrorObject.builder()
						.code(Optional.empty())
						.message("no")
						.param(Optional.empty())
						.type("")
						.build())
					.build(), FailureKind.MODEL_UNAVAILABLE),
				arguments(new AwsException(404, null), FailureKind.INVALID_RESPONSE),
				arguments(new GenAiException(404, "", ""), FailureKind.INVALID_RESPONSE),
				arguments(new GenAiException(403, "Forbidden", ""), FailureKind.INVALID_RESPONSE),
				arguments(new RuntimeException(new GoogleAuthException(new HttpException(400))),
						FailureKind.AUTHENTICATION),
				arguments(new GoogleAuthException(new HttpException(503)), FailureKind.OVERLOADED),
				arguments(new GoogleAuthException(new HttpException(429)), FailureKind.RATE_LIMITED),
				arguments(new GoogleAuthException(new UnknownHostException("host")), FailureKind.CONNECT_FAILED));
	}

	static Stream<Arguments> failuresWithABody() {
		return Stream.of(arguments(sse("overloaded_error"), FailureKind.OVERLOADED),
				arguments(sse("a_new_error"), FailureKind.SERVER_ERROR),
				arguments(openAi(200, Map.of("code", 429, "message", "Provider returned error")),
						FailureKind.RATE_LIMITED),
				arguments(openAi(200, Map.of("code", 402, "message", "Provider returned error")),
						FailureKind.QUOTA_EXHAUSTED),
				arguments(openAi(404, "Not Found"), FailureKind.INVALID_RESPONSE),
				arguments(openAi(404, Map.of("code", 404, "message", "no")), FailureKind.MODEL_UNAVAILABLE),
				arguments(anthropic(404, Map.of("status", 404, "message", "Not Found")), FailureKind.INVALID_RESPONSE),
				arguments(anthropic(404, Map.of("error", Map.of("type", "not_found_error", "message", "model: x"))),
						FailureKind.MODEL_UNAVAILABLE),
				arguments(com.openai.errors.SseException.builder()
					.statusCode(200)
					.headers(Headers.builder().build())
					.error(quota())
					.build(), FailureKind.QUOTA_EXHAUSTED));
	}

	/** As the handlers of the SDKs keep them. */
	static Stream<Arguments> failuresWithABodyOfAnotherShape() {
		return Stream.of(
				arguments(anthropic(400, "Your credit balance is too low to access the API."),
						FailureKind.QUOTA_EXHAUSTED),
				arguments(anthropic(400, "prompt is too long: 210000 tokens > 200000 maximum"),
						FailureKind.CONTEXT_LENGTH_EXCEEDED),
				arguments(anthropic(400, "<html><body>No</body></html>"), FailureKind.INVALID_RESPONSE),
				arguments(openAi(404, google(404, "NOT_FOUND", "Requested entity was not found.")),
						FailureKind.MODEL_UNAVAILABLE),
				arguments(openAi(403, google(403, "PERMISSION_DENIED", "Your project has been denied access.")),
						FailureKind.PERMISSION_DENIED),
				arguments(openAi(404, Map.of("errors", List.of(Map.of("code", 5007, "message", "No such model")))),
						FailureKind.MODEL_UNAVAILABLE),
				arguments(openAi(404, Map.of("detail", "Not Found")), FailureKind.INVALID_RESPONSE),
				arguments(openAi(404, Map.of("message", "no Route matched with those values")),
						FailureKind.INVALID_RESPONSE),
				arguments(openAi(403, Map.of("message", "Forbidden")), FailureKind.INVALID_RESPONSE),
				arguments(openAi(200, "Rate limit reached"), FailureKind.RATE_LIMITED),
				arguments(openAi(200, "An error that is new"), FailureKind.SERVER_ERROR));
	}

	static Stream<Arguments> failuresOfGoogle() {
		return Stream.of(
				arguments(new GrpcException("UNAVAILABLE", new ConnectException("refused")),
						FailureKind.CONNECT_FAILED),
				arguments(new GrpcException("UNKNOWN", new ClosedChannelException()), FailureKind.CONNECTION_LOST),
				arguments(new GrpcException("UNAUTHENTICATED", new IOException("x")), FailureKind.AUTHENTICATION),
				arguments(new GaxException("UNAVAILABLE", new GrpcException("UNAVAILABLE", new IOException("reset"))),
						FailureKind.CONNECTION_LOST),
				arguments(new GaxException("UNAVAILABLE", new HttpException(503)), FailureKind.OVERLOADED),
				arguments(new HttpException(401), FailureKind.AUTHENTICATION),
				arguments(new GenAiException(404, "NOT_FOUND", ""), FailureKind.MODEL_UNAVAILABLE),
				arguments(new GenAiException(404, "Not Found", "no such model"), FailureKind.MODEL_UNAVAILABLE),
				arguments(new GaxException("PERMISSION_DENIED", null), FailureKind.PERMISSION_DENIED),
				arguments(new GaxException("UNAUTHENTICATED", null), FailureKind.AUTHENTICATION),
				arguments(new GaxException("RESOURCE_EXHAUSTED", null), FailureKind.RATE_LIMITED),
				arguments(new GaxException("UNAVAILABLE", null), FailureKind.OVERLOADED),
				arguments(new GaxException("CANCELLED", null), FailureKind.SERVER_ERROR),
				arguments(new RuntimeException(new GrpcException("NOT_FOUND", null)), FailureKind.MODEL_UNAVAILABLE),
				arguments(new GrpcException("A_NEW_CODE", null), FailureKind.SERVER_ERROR),
				arguments(new UnlinkedException(), FailureKind.RATE_LIMITED));
	}

	@ParameterizedTest
	@MethodSource({ "failures", "failuresWithABody", "failuresWithABodyOfAnotherShape", "failuresOfGoogle" })
	void understands(Throwable error, FailureKind kind) {
		assertThat(ChatModelFailures.of(error).kind()).as(String.valueOf(error)).isEqualTo(kind);
	}

	@Test
	void readsTheHeaders() {
		Failure openai = ChatModelFailures.of(RateLimitException.builder()
			.headers(Headers.builder().put("Retry-After", "7").put("x-request-id", "r1").build())
			.error(quota())
			.build());
		assertThat(openai.retryAfter()).hasSeconds(7);
		assertThat(openai.requestId()).isEqualTo("r1");
		Failure anthropic = ChatModelFailures.of(com.anthropic.errors.RateLimitException.builder()
			.headers(com.anthropic.core.http.Headers.builder().put("retry-after", "8").build())
			.body(com.anthropic.core.JsonValue.from(Map.of()))
			.build());
		assertThat(anthropic.kind()).isEqualTo(FailureKind.RATE_LIMITED);
		assertThat(anthropic.retryAfter()).hasSeconds(8);
		assertThat(ChatModelFailures.of(openAi(429, google(429, "RESOURCE_EXHAUSTED", "Slow down"))).retryAfter())
			.hasSeconds(34);
		assertThat(ChatModelFailures.of(azure(429, "429")).retryAfter()).hasSeconds(9);
		assertThat(ChatModelFailures.of(new AwsException(429, "ThrottlingException")).retryAfter()).hasSeconds(10);
	}

	private static HttpResponseException azure(int status, String body) {
		String said = (body.startsWith("(") || body.startsWith("\"")) ? body
				: "\"{\"error\":{\"code\":\"" + body + "\",\"message\":\"no\"}}\"";
		return new HttpResponseException("Status code " + status + ", " + said, new AzureResponse(status));
	}

	/** An error of Google's API that is compatible with OpenAI's. */
	private static List<Map<String, Object>> google(int code, String status, String message) {
		return List.of(Map.of("error", Map.of("code", code, "status", status, "message", message, "details",
				List.of(Map.of("@type", "type.googleapis.com/google.rpc.RetryInfo", "retryDelay", "34s")))));
	}

	@SuppressWarnings("unchecked")
	private static Throwable openAi(int status, Object error) {
		return com.openai.errors.SseException.builder()
			.statusCode(status)
			.headers(Headers.builder().build())
			.error((com.openai.core.JsonField<ErrorObject>) (Object) com.openai.core.JsonValue.from(error))
			.build();
	}

	private static Throwable anthropic(int status, Object body) {
		return com.anthropic.errors.SseException.builder()
			.statusCode(status)
			.headers(com.anthropic.core.http.Headers.builder().build())
			.body(com.anthropic.core.JsonValue.from(body))
			.build();
	}

	/** An error within a stream. */
	private static Throwable sse(String type) {
		return com.anthropic.errors.SseException.builder()
			.statusCode(200)
			.headers(com.anthropic.core.http.Headers.builder().build())
			.body(com.anthropic.core.JsonValue
				.from(Map.of("type", "error", "error", Map.of("type", type, "message", "no"))))
			.build();
	}

	private static ErrorObject quota() {
		return ErrorObject.builder()
			.code("insufficient_quota")
			.message("No quota")
			.param(Optional.empty())
			.type("x")
			.build();
	}

	private static final class AzureResponse extends HttpResponse {

		private final int status;

		AzureResponse(int status) {
			super(null);
			this.status = status;
		}

		@Override
		public int getStatusCode() {
			return this.status;
		}

		@Override
		@Deprecated
		public String getHeaderValue(String name) {
			return getHeaders().getValue(HttpHeaderName.fromString(name));
		}

		@Override
		public HttpHeaders getHeaders() {
			return new HttpHeaders().set(HttpHeaderName.RETRY_AFTER, "9");
		}

		@Override
		public Flux<ByteBuffer> getBody() {
			return Flux.empty();
		}

		@Override
		public Mono<byte[]> getBodyAsByteArray() {
			return Mono.empty();
		}

		@Override
		public Mono<String> getBodyAsString() {
			return getBodyAsString(StandardCharsets.UTF_8);
		}

		@Override
		public Mono<String> getBodyAsString(Charset charset) {
			return Mono.empty();
		}

	}

	/**
	 * Like those of the AWS SDK.
	 */
	private static final class AwsException extends RuntimeException {

		private final int status;

		private final @Nullable String code;

		AwsException(int status, @Nullable String code) {
			super("failed");
			this.status = status;
			this.code = code;
		}

		public int statusCode() {
			return this.status;
		}

		public AwsException awsErrorDetails() {
			return this;
		}

		public @Nullable String errorCode() {
			return this.code;
		}

		public AwsException sdkHttpResponse() {
			return this;
		}

		public Optional<String> firstMatchingHeader(String name) {
			return name.equalsIgnoreCase("Retry-After") ? Optional.of("10") : Optional.empty();
		}

	}

	/**
	 * Like those of gRPC.
	 */
	private static final class GrpcException extends RuntimeException {

		private final String code;

		GrpcException(String code, @Nullable Throwable cause) {
			super(code, cause);
			this.code = code;
		}

		public GrpcException getStatus() {
			return this;
		}

		public String getCode() {
			return this.code;
		}

	}

	/**
	 * Like those of Google's gax.
	 */
	private static final class GaxException extends RuntimeException {

		private final String code;

		GaxException(String code, @Nullable Throwable cause) {
			super(code, cause);
			this.code = code;
		}

		public GaxException getStatusCode() {
			return this;
		}

		public String getCode() {
			return this.code;
		}

	}

	/**
	 * Like those of Google's HTTP client.
	 */
	private static final class HttpException extends IOException {

		private final int status;

		HttpException(int status) {
			super("failed");
			this.status = status;
		}

		public int getStatusCode() {
			return this.status;
		}

	}

	/**
	 * Like those of Google's genai.
	 */
	private static final class GenAiException extends RuntimeException {

		private final int code;

		private final String status;

		private final String message;

		GenAiException(int code, String status, String message) {
			super(code + " " + status + ". " + message);
			this.message = message;
			this.code = code;
			this.status = status;
		}

		public int code() {
			return this.code;
		}

		public String status() {
			return this.status;
		}

		public String message() {
			return this.message;
		}

	}

}
