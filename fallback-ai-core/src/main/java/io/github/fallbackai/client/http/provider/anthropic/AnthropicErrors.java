package io.github.fallbackai.client.http.provider.anthropic;

import io.github.fallbackai.client.http.provider.ErrorClassifier;
import io.github.fallbackai.failure.FailureKind;

/**
 * What Anthropic's errors mean: see
 * <a href="https://docs.anthropic.com/en/api/errors">the list of error types</a>. An
 * exhausted balance, a prompt that is too long and a blocked answer are told apart from
 * other invalid requests by their words only.
 */
final class AnthropicErrors {

	static final ErrorClassifier CLASSIFIER = ErrorClassifier.builder()
		.codes(FailureKind.RATE_LIMITED, "rate_limit_error")
		.codes(FailureKind.QUOTA_EXHAUSTED, "billing_error")
		.codes(FailureKind.OVERLOADED, "overloaded_error")
		.codes(FailureKind.TIMED_OUT, "timeout_error")
		.codes(FailureKind.AUTHENTICATION, "authentication_error")
		.codes(FailureKind.MODEL_UNAVAILABLE, "not_found_error")
		.codes(FailureKind.CONTEXT_LENGTH_EXCEEDED, "request_too_large")
		.vagueTypes(FailureKind.SERVER_ERROR, "api_error")
		.vagueTypes(FailureKind.INVALID_REQUEST, "invalid_request_error")
		.vagueTypes(FailureKind.PERMISSION_DENIED, "permission_error")
		.words(FailureKind.QUOTA_EXHAUSTED, "credit balance", "api usage limits", "spend limit")
		.words(FailureKind.CONTEXT_LENGTH_EXCEEDED, "prompt is too long", "exceed context limit", "context window")
		.words(FailureKind.CONTENT_FILTERED, "content filtering policy", "usage policy")
		.words(FailureKind.AUTHENTICATION, "organization has been disabled", "invalid x-api-key")
		.words(FailureKind.OVERLOADED, "overloaded")
		.build();

	private AnthropicErrors() {
	}

}
