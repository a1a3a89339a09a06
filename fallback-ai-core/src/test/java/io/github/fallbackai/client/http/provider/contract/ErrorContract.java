// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.contract;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.fallbackai.client.http.Fixtures;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How every dialect classifies responses that are no success.
 */
interface ErrorContract extends DialectFixtures {

	/** The rows of the failure table that a provider's response can be. */
	Set<FailureKind> TOLD_BY_PROVIDERS = EnumSet.of(FailureKind.RATE_LIMITED, FailureKind.QUOTA_EXHAUSTED,
			FailureKind.OVERLOADED, FailureKind.SERVER_ERROR, FailureKind.TIMED_OUT, FailureKind.AUTHENTICATION,
			FailureKind.PERMISSION_DENIED, FailureKind.MODEL_UNAVAILABLE, FailureKind.CONTEXT_LENGTH_EXCEEDED,
			FailureKind.CONTENT_FILTERED);

	Stream<Refusal> refusals();

	@TestFactory
	default Stream<DynamicTest> classifiesEveryRowOfTheFailureTable() {
		return refusals().map((refusal) -> DynamicTest.dynamicTest(refusal.toString(), () -> {
			Failure failure = classify(refusal.status(), payload("errors/" + refusal.fixture() + ".json"));
			assertThat(failure.kind()).isEqualTo(refusal.kind());
			assertThat(failure.httpStatus()).isEqualTo(refusal.status());
			assertThat(failure.providerMessage()).isNotBlank();
			assertThat(failure.toString()).doesNotContain(failure.providerMessage());
		}));
	}

	@Test
	default void hasAFixtureForEveryRowOfTheFailureTable() {
		assertThat(refusals().map(Refusal::kind)).containsAll(TOLD_BY_PROVIDERS);
	}

	@TestFactory
	default Stream<DynamicTest> findsTheSameErrorWithinASuccess() {
		Set<FailureKind> toldByMoreThanTheStatus = EnumSet.of(FailureKind.RATE_LIMITED, FailureKind.CONTENT_FILTERED,
				FailureKind.CONTEXT_LENGTH_EXCEEDED);
		return refusals().filter((refusal) -> toldByMoreThanTheStatus.contains(refusal.kind()))
			.map((refusal) -> DynamicTest.dynamicTest(refusal.toString(),
					() -> assertThat(unaryFailure(payload("errors/" + refusal.fixture() + ".json")).kind())
						.isEqualTo(refusal.kind())));
	}

	@ParameterizedTest
	@CsvSource({ "401, AUTHENTICATION", "402, QUOTA_EXHAUSTED", "403, INVALID_RESPONSE", "404, INVALID_RESPONSE",
			"408, TIMED_OUT", "413, CONTEXT_LENGTH_EXCEEDED", "422, REFUSED_UNEXPLAINED", "429, RATE_LIMITED",
			"500, SERVER_ERROR", "502, SERVER_ERROR", "503, OVERLOADED", "529, OVERLOADED", "307, INVALID_RESPONSE" })
	default void classifiesByStatusWhenTheBodySaysNothing(int status, FailureKind kind) {
		assertThat(classify(status, new byte[0]).kind()).isEqualTo(kind);
	}

	@ParameterizedTest
	@ValueSource(ints = { 302, 400, 401, 403, 404, 429, 500, 502, 503 })
	default void takesAPageForAnInvalidResponseWhateverItsStatus(int status) {
		assertThat(classify(status, Fixtures.bytes("openai/errors/gateway-page.html")).kind())
			.isEqualTo(FailureKind.INVALID_RESPONSE);
	}

	@Test
	default void keepsTheRequestId() {
		ResponseHead head = new ResponseHead(500, Map.of("x-request-id", "req_7"));
		assertThat(dialect().classify(head, new byte[0]).requestId()).isEqualTo("req_7");
	}

}
