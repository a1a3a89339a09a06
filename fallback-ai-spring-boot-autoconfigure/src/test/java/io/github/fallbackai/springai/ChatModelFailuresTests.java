// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

import com.openai.errors.OpenAIIoException;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ChatModelFailuresTests {

	private static final String QUOTA = "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"No quota\"}}";

	private static final String MODEL = "{\"error\":{\"code\":\"model_not_found\",\"message\":\"No such model\"}}";

	static Stream<Arguments> failures() {
		return Stream.of(arguments(new TransientAiException("HTTP 503 - busy"), FailureKind.OVERLOADED),
				arguments(new TransientAiException("HTTP 500 - oops"), FailureKind.SERVER_ERROR),
				arguments(new TransientAiException("no status here"), FailureKind.SERVER_ERROR),
				arguments(new TransientAiException("wrapped", new ConnectException("refused")),
						FailureKind.CONNECT_FAILED),
				arguments(new NonTransientAiException("HTTP 429 - " + QUOTA), FailureKind.QUOTA_EXHAUSTED),
				arguments(new NonTransientAiException("404 - " + MODEL), FailureKind.MODEL_UNAVAILABLE),
				arguments(new NonTransientAiException("HTTP 401 - key"), FailureKind.AUTHENTICATION),
				arguments(new NonTransientAiException("no status here"), FailureKind.REFUSED_UNEXPLAINED),
				arguments(webClient(429, ""), FailureKind.RATE_LIMITED),
				arguments(webClient(429, QUOTA), FailureKind.QUOTA_EXHAUSTED),
				arguments(new HttpClientErrorException(org.springframework.http.HttpStatus.UNAUTHORIZED),
						FailureKind.AUTHENTICATION),
				arguments(new ResourceAccessException("I/O", new SocketTimeoutException("late")),
						FailureKind.TIMED_OUT),
				arguments(new WebClientRequestException(new UnknownHostException("host"), HttpMethod.POST,
						java.net.URI.create("https://host"), new HttpHeaders()), FailureKind.CONNECT_FAILED),
				arguments(new RuntimeException(new IOException("reset")), FailureKind.CONNECTION_LOST),
				arguments(new SSLHandshakeException("no trust"), FailureKind.CONNECT_FAILED),
				arguments(new SSLPeerUnverifiedException("other host"), FailureKind.CONNECT_FAILED),
				arguments(new SSLException("closed without close_notify"), FailureKind.CONNECTION_LOST),
				arguments(new OpenAIIoException("I/O", new SocketTimeoutException("late")), FailureKind.TIMED_OUT),
				arguments(new UnsupportedOperationException("no"), FailureKind.UNSUPPORTED),
				arguments(new IllegalArgumentException("ours"), FailureKind.LOCAL),
				arguments(new RejectedExecutionException("all threads are busy"), FailureKind.LOCAL),
				arguments(new StrangeException(), FailureKind.SERVER_ERROR));
	}

	@ParameterizedTest
	@MethodSource("failures")
	void understands(Throwable error, FailureKind kind) {
		assertThat(ChatModelFailures.of(error).kind()).as(String.valueOf(error)).isEqualTo(kind);
	}

	@Test
	void readsWhenToComeBack() {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Retry-After", "7");
		Failure failure = ChatModelFailures.of(new WebClientResponseException(429, "", headers, null, null));
		assertThat(failure.retryAfter()).hasSeconds(7);
	}

	/** What a provider says may quote the prompt. */
	@Test
	void showsKindAndCodeOnly() {
		Failure failure = ChatModelFailures.of(new StrangeException());
		assertThat(failure.toString()).contains("StrangeException").doesNotContain("secret");
		assertThat(failure.providerMessage()).contains("secret");
		assertThat(failure.cause()).isNull();
	}

	private static WebClientResponseException webClient(int status, String body) {
		return new WebClientResponseException(status, "", new HttpHeaders(), body.getBytes(StandardCharsets.UTF_8),
				null);
	}

	/**
	 * One that nothing knows.
	 */
	private static final class StrangeException extends RuntimeException {

		StrangeException() {
			super("a secret prompt");
		}

	}

}
