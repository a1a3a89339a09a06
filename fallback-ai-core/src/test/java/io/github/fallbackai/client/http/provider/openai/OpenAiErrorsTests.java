// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import io.github.fallbackai.client.http.Fixtures;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.ReplaySafety;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of how {@link OpenAiDialect} classifies responses that are no success.
 */
class OpenAiErrorsTests {

	@ParameterizedTest
	@CsvSource({ "429, rate-limit, RATE_LIMITED", "429, tokens-per-minute, UNSUPPORTED",
			"429, insufficient-quota, QUOTA_EXHAUSTED", "429, quota-in-words-only, QUOTA_EXHAUSTED",
			"401, invalid-api-key, AUTHENTICATION", "403, unsupported-country, PERMISSION_DENIED",
			"404, model-not-found, MODEL_UNAVAILABLE", "403, model-not-found, MODEL_UNAVAILABLE",
			"400, context-length, CONTEXT_LENGTH_EXCEEDED", "400, context-length-in-words, CONTEXT_LENGTH_EXCEEDED",
			"500, context-llama-cpp, CONTEXT_LENGTH_EXCEEDED", "400, content-policy, CONTENT_FILTERED",
			"400, content-filter-azure, CONTENT_FILTERED", "400, unsupported-value, UNSUPPORTED",
			"500, server-error, SERVER_ERROR", "503, overloaded, OVERLOADED", "503, server-error, OVERLOADED",
			"402, insufficient-balance, QUOTA_EXHAUSTED", "404, error-as-text, MODEL_UNAVAILABLE",
			"403, detail-as-text, AUTHENTICATION", "422, detail-as-list, REFUSED_UNEXPLAINED",
			"429, array, RATE_LIMITED", "402, numeric-code, QUOTA_EXHAUSTED", "429, mistral, RATE_LIMITED" })
	void classifiesByCodeThenTypeThenStatusThenWords(int status, String fixture, FailureKind kind) {
		Failure failure = classify(status, Fixtures.bytes("openai/errors/" + fixture + ".json"));
		assertThat(failure.kind()).isEqualTo(kind);
		assertThat(failure.httpStatus()).isEqualTo(status);
		assertThat(failure.providerMessage()).isNotBlank();
	}

	@ParameterizedTest
	@CsvSource({ "400, REFUSED_UNEXPLAINED", "401, AUTHENTICATION", "402, QUOTA_EXHAUSTED", "403, INVALID_RESPONSE",
			"404, INVALID_RESPONSE", "408, TIMED_OUT", "409, SERVER_ERROR", "410, INVALID_RESPONSE",
			"413, CONTEXT_LENGTH_EXCEEDED", "422, REFUSED_UNEXPLAINED", "429, RATE_LIMITED", "500, SERVER_ERROR",
			"502, SERVER_ERROR", "503, OVERLOADED", "504, SERVER_ERROR", "520, SERVER_ERROR", "529, OVERLOADED",
			"301, INVALID_RESPONSE", "307, INVALID_RESPONSE", "304, INVALID_RESPONSE" })
	void classifiesByStatusWhenTheBodySaysNothing(int status, FailureKind kind) {
		assertThat(classify(status, new byte[0]).kind()).isEqualTo(kind);
		assertThat(classify(status, "oops".getBytes(StandardCharsets.UTF_8)).kind()).isEqualTo(kind);
	}

	@ParameterizedTest
	@ValueSource(ints = { 302, 400, 401, 403, 404, 429, 500, 502, 503 })
	void takesAPageForAnInvalidResponseWhateverItsStatus(int status) {
		byte[] page = Fixtures.bytes("openai/errors/gateway-page.html");
		assertThat(classify(status, page).kind()).isEqualTo(FailureKind.INVALID_RESPONSE);
		ResponseHead html = new ResponseHead(status, Map.of("content-type", "text/HTML; charset=utf-8"));
		assertThat(new OpenAiDialect().classify(html, new byte[0]).kind()).isEqualTo(FailureKind.INVALID_RESPONSE);
	}

	@Test
	void readsAnErrorThatIsWronglyLabelledAsAPage() {
		ResponseHead html = new ResponseHead(429, Map.of("content-type", "text/html"));
		assertThat(new OpenAiDialect().classify(html, Fixtures.bytes("openai/errors/insufficient-quota.json")).kind())
			.isEqualTo(FailureKind.QUOTA_EXHAUSTED);
	}

	@Test
	void reportsCodeRequestIdAndRetryAfter() {
		ResponseHead head = new ResponseHead(429, Map.of("X-Request-ID", "req_7", "Retry-After", "20"));
		Failure failure = new OpenAiDialect().classify(head, Fixtures.bytes("openai/errors/rate-limit.json"));
		assertThat(failure).hasToString("RATE_LIMITED, HTTP 429, rate_limit_exceeded");
		assertThat(failure.requestId()).isEqualTo("req_7");
		assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(20));
		assertThat(failure.providerMessage()).startsWith("Rate limit reached");
	}

	@ParameterizedTest
	@CsvSource({ "400, REFUSED", "429, REFUSED", "503, REFUSED", "529, REFUSED", "307, REFUSED", "500, MAYBE_PROCESSED",
			"502, MAYBE_PROCESSED" })
	void saysWhetherTheRequestMayHaveBeenProcessed(int status, ReplaySafety safety) {
		assertThat(classify(status, new byte[0]).replaySafety()).isEqualTo(safety);
	}

	@Test
	void boundsTheProvidersWords() {
		String body = "{\"error\":{\"message\":\"" + "x".repeat(10_000) + "\"}}";
		assertThat(classify(400, body.getBytes(StandardCharsets.UTF_8)).providerMessage()).hasSize(2000);
	}

	private static Failure classify(int status, byte[] body) {
		return new OpenAiDialect().classify(new ResponseHead(status, Map.of()), body);
	}

}
