package io.github.fallbackai.client.http.provider.gemini;

import io.github.fallbackai.client.http.provider.ErrorClassifier;
import io.github.fallbackai.failure.FailureKind;

/**
 * What Google's errors mean: see
 * <a href="https://ai.google.dev/gemini-api/docs/troubleshooting">the status words</a>
 * and, for the reasons beside them, <a href=
 * "https://github.com/googleapis/googleapis/blob/master/google/api/error_reason.proto">error
 * reasons</a>. Every rate limit speaks of an exceeded quota, so those words prove
 * nothing.
 */
final class GeminiErrors {

	static final ErrorClassifier CLASSIFIER = ErrorClassifier.builder()
		.codes(FailureKind.RATE_LIMITED, "RATE_LIMIT_EXCEEDED")
		.codes(FailureKind.QUOTA_EXHAUSTED, "BILLING_DISABLED")
		.codes(FailureKind.OVERLOADED, "UNAVAILABLE")
		.codes(FailureKind.SERVER_ERROR, "INTERNAL", "UNKNOWN", "DATA_LOSS", "ABORTED")
		.codes(FailureKind.TIMED_OUT, "DEADLINE_EXCEEDED")
		.codes(FailureKind.AUTHENTICATION, "API_KEY_INVALID", "UNAUTHENTICATED", "CREDENTIALS_MISSING",
				"ACCESS_TOKEN_EXPIRED", "ACCESS_TOKEN_TYPE_UNSUPPORTED", "ACCOUNT_STATE_INVALID")
		.codes(FailureKind.PERMISSION_DENIED, "SERVICE_DISABLED", "API_KEY_SERVICE_BLOCKED",
				"API_KEY_HTTP_REFERRER_BLOCKED", "API_KEY_IP_ADDRESS_BLOCKED", "CONSUMER_SUSPENDED", "CONSUMER_INVALID",
				"FAILED_PRECONDITION")
		.codes(FailureKind.MODEL_UNAVAILABLE, "NOT_FOUND")
		.vagueTypes(FailureKind.RATE_LIMITED, "RESOURCE_EXHAUSTED")
		.vagueTypes(FailureKind.PERMISSION_DENIED, "PERMISSION_DENIED")
		.vagueTypes(FailureKind.INVALID_REQUEST, "INVALID_ARGUMENT", "OUT_OF_RANGE", "UNIMPLEMENTED")
		.words(FailureKind.QUOTA_EXHAUSTED, "credits are depleted", "spending cap", "billing account")
		.words(FailureKind.AUTHENTICATION, "api key not valid", "api key expired", "api key not found")
		.words(FailureKind.CONTEXT_LENGTH_EXCEEDED, "exceeds the maximum number of tokens", "input token count",
				"input context is too long")
		.words(FailureKind.PERMISSION_DENIED, "user location is not supported")
		.words(FailureKind.MODEL_UNAVAILABLE, "is not found for api version", "unexpected model name format")
		.words(FailureKind.CONTENT_FILTERED, "responsible ai")
		.build();

	private GeminiErrors() {
	}

}
