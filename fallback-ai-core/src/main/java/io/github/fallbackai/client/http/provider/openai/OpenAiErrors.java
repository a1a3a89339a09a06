package io.github.fallbackai.client.http.provider.openai;

import io.github.fallbackai.client.http.provider.ErrorClassifier;
import io.github.fallbackai.failure.FailureKind;

/**
 * What errors mean that OpenAI documents
 * (<a href="https://platform.openai.com/docs/guides/error-codes">error codes</a>), and
 * those that compatible servers add to them.
 */
final class OpenAiErrors {

	static final ErrorClassifier CLASSIFIER = codes(ErrorClassifier.builder()).build();

	private OpenAiErrors() {
	}

	private static ErrorClassifier.Builder codes(ErrorClassifier.Builder tables) {
		tables
			.codes(FailureKind.QUOTA_EXHAUSTED, "insufficient_quota", "billing_hard_limit_reached",
					"billing_not_active", "quota_exceeded", "insufficient_balance", "insufficient_credits",
					"InsufficientQuota")
			.codes(FailureKind.RATE_LIMITED, "rate_limit_exceeded", "rate_limit_error", "rate_limited", "requests",
					"tokens", "too_many_requests", "RateLimitReached", "RESOURCE_EXHAUSTED")
			.codes(FailureKind.OVERLOADED, "overloaded_error", "overloaded", "engine_overloaded", "server_overloaded",
					"slow_down", "service_unavailable", "capacity_exceeded", "NoCapacity", "UNAVAILABLE")
			.codes(FailureKind.AUTHENTICATION, "invalid_api_key", "authentication_error", "invalid_authentication",
					"account_deactivated", "API_KEY_INVALID")
			.codes(FailureKind.PERMISSION_DENIED, "permission_error", "permission_denied", "insufficient_permissions",
					"unsupported_country_region_territory")
			.codes(FailureKind.MODEL_UNAVAILABLE, "model_not_found", "not_found_error", "model_not_available",
					"model_decommissioned", "DeploymentNotFound", "OperationNotSupported")
			.codes(FailureKind.CONTEXT_LENGTH_EXCEEDED, "context_length_exceeded", "exceed_context_size_error",
					"string_above_max_length", "request_too_large")
			.codes(FailureKind.CONTENT_FILTERED, "content_filter", "content_policy_violation",
					"ResponsibleAIPolicyViolation", "content_filtered")
			.codes(FailureKind.TIMED_OUT, "request_timeout", "timeout")
			.vagueTypes(FailureKind.INVALID_REQUEST, "invalid_request_error", "BadRequestError", "bad_request")
			.vagueTypes(FailureKind.SERVER_ERROR, "server_error", "internal_server_error", "api_error",
					"InternalServerError");
		return words(tables);
	}

	private static ErrorClassifier.Builder words(ErrorClassifier.Builder tables) {
		return tables
			.words(FailureKind.QUOTA_EXHAUSTED, "exceeded your current quota", "insufficient balance",
					"insufficient credits", "credit balance", "check your plan and billing")
			.words(FailureKind.CONTEXT_LENGTH_EXCEEDED, "maximum context length", "context window", "context size",
					"prompt is too long", "too many tokens in the prompt")
			.words(FailureKind.CONTENT_FILTERED, "content management policy", "content policy", "safety system",
					"flagged")
			.words(FailureKind.AUTHENTICATION, "api key not valid", "incorrect api key", "invalid api key")
			.words(FailureKind.MODEL_UNAVAILABLE, "model not found", "no such model", "is not a valid model")
			.words(FailureKind.RATE_LIMITED, "rate limit")
			.words(FailureKind.OVERLOADED, "overloaded");
	}

}
