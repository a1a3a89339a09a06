// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.catalogue;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of error codes and types, whatever the status. A code that is not here
 * means nothing. Case does not matter; {@code Throttling} also stands for
 * {@code Throttling.RateQuota}.
 */
public final class KnownCodes {

	private static final Map<String, Meaning> CODES = new HashMap<>();

	/** Codes that are numbers; they count if no type says more. */
	private static final Map<String, Meaning> NUMBERS = new HashMap<>();

	/** Types that servers use for many errors; they count if there is no status. */
	private static final Map<String, FailureKind> VAGUE = new HashMap<>();

	static {
		limits();
		accounts();
		models();
		requests();
		servers();
		numbers();
		vague();
	}

	private KnownCodes() {
	}

	/**
	 * Looks a code or type up.
	 * @param code the code, possibly empty
	 * @return what it means, {@code null} if that is not known
	 */
	public static @Nullable Meaning find(String code) {
		String normalized = normalized(code);
		Meaning meaning = CODES.get(normalized);
		int family = normalized.indexOf('.');
		return (meaning == null && family > 0) ? CODES.get(normalized.substring(0, family)) : meaning;
	}

	/**
	 * Looks a code up that is a number.
	 * @param code the code
	 * @return what it means, {@code null} if that is not known
	 */
	public static @Nullable Meaning findNumber(String code) {
		return NUMBERS.get(code);
	}

	/**
	 * Looks a type up that may mean many things.
	 * @param type the type, possibly empty
	 * @return its general meaning, {@code null} if that is not known
	 */
	public static @Nullable FailureKind findVague(String type) {
		return VAGUE.get(normalized(type));
	}

	/** Every code, so that a test can ask for an example of each. */
	static Map<String, Meaning> entries() {
		Map<String, Meaning> entries = new HashMap<>(CODES);
		entries.putAll(NUMBERS);
		return entries;
	}

	private static void limits() {
		// OpenAI, error codes. Azure, GitHub Models.
		codes(FailureKind.RATE_LIMITED, "rate_limit_exceeded", "rate_limit_error", "rate_limited", "too_many_requests",
				"RateLimitReached");
		// Moonshot, errors; Bedrock, exceptions; DashScope, error codes.
		codes(FailureKind.RATE_LIMITED, "rate_limit_reached_error", "ThrottlingException", "Throttling",
				"limit_requests");
		// Volcengine Ark, error codes; Qianfan v2, error codes.
		codes(FailureKind.RATE_LIMITED, "RateLimitExceeded", "AccountRateLimitExceeded",
				"ModelAccountRpmRateLimitExceeded", "ModelAccountTpmRateLimitExceeded",
				"APIAccountRpmRateLimitExceeded", "rpm_rate_limit_exceeded", "tpm_rate_limit_exceeded");
		// Cerebras, rate limits: tokens per minute and per day share one code.
		codes(FailureKind.RATE_LIMITED, "token_quota_exceeded", "request_quota_exceeded");
		// OpenAI, Anthropic, vLLM, Azure; Groq, flex processing.
		codes(FailureKind.OVERLOADED, "overloaded_error", "overloaded", "engine_overloaded", "server_overloaded",
				"slow_down", "service_unavailable", "NoCapacity", "capacity_exceeded", "capacity_exceeded_error");
		// Google, canonical codes; llama.cpp while a model loads; Moonshot; Ark;
		// Cerebras.
		codes(FailureKind.OVERLOADED, "UNAVAILABLE", "unavailable_error", "engine_overloaded_error", "ServerOverloaded",
				"queue_exceeded");
		// Bedrock, exceptions.
		codes(FailureKind.OVERLOADED, "ServiceUnavailableException", "ModelNotReadyException");
	}

	private static void accounts() {
		// OpenAI, DeepSeek, OpenRouter, Azure; Moonshot; Anthropic; Google, error
		// reasons.
		codes(FailureKind.QUOTA_EXHAUSTED, "insufficient_quota", "billing_hard_limit_reached", "billing_not_active",
				"quota_exceeded", "insufficient_balance", "insufficient_credits", "InsufficientQuota",
				"exceeded_current_quota_error", "billing_error", "BILLING_DISABLED");
		// DashScope, error codes: arrears, and a free tier that is used up; Ark;
		// Together.
		codes(FailureKind.QUOTA_EXHAUSTED, "Arrearage", "AllocationQuota", "AccountOverdueError", "QuotaExceeded",
				"SetLimitExceeded", "credit_limit");
		// LiteLLM, budgets; new-api, error codes; ChatGPT plans behind a proxy.
		codes(FailureKind.QUOTA_EXHAUSTED, "budget_exceeded", "insufficient_user_quota",
				"pre_consume_token_quota_failed", "usage_limit_reached", "usage_not_included");
		codes(FailureKind.QUOTA_EXHAUSTED, "payment_required", "subscription_required", "account_suspended");
		// watsonx; Novita.
		codes(FailureKind.QUOTA_EXHAUSTED, "token_quota_reached", "NOT_ENOUGH_BALANCE", "ServiceQuotaExceededException",
				"OperationDenied.ServiceOverdue");
		codes(FailureKind.AUTHENTICATION, "authentication_token_expired", "authentication_token_not_valid",
				"FAILED_TO_AUTH");
		// OpenAI, Anthropic; Google, error reasons.
		codes(FailureKind.AUTHENTICATION, "invalid_api_key", "authentication_error", "invalid_authentication",
				"account_deactivated", "API_KEY_INVALID", "UNAUTHENTICATED", "CREDENTIALS_MISSING",
				"ACCESS_TOKEN_EXPIRED", "ACCESS_TOKEN_TYPE_UNSUPPORTED", "ACCOUNT_STATE_INVALID");
		// Moonshot; DashScope; Cerebras; Ark; LiteLLM's keys; Qianfan v2.
		codes(FailureKind.AUTHENTICATION, "invalid_authentication_error", "incorrect_api_key_error", "InvalidApiKey",
				"wrong_api_key", "AuthenticationError", "auth_error", "token_not_found_in_db", "expired_key",
				"UNAUTHORIZED", "invalid_iam_token");
		// AWS, common errors.
		codes(FailureKind.AUTHENTICATION, "UnrecognizedClientException", "ExpiredTokenException",
				"InvalidSignatureException", "IncompleteSignatureException");
		// OpenAI, Anthropic; Google, error reasons and the states of a project.
		codes(FailureKind.PERMISSION_DENIED, "insufficient_permissions", "unsupported_country_region_territory",
				"SERVICE_DISABLED", "API_KEY_SERVICE_BLOCKED", "API_KEY_HTTP_REFERRER_BLOCKED",
				"API_KEY_IP_ADDRESS_BLOCKED", "CONSUMER_SUSPENDED", "CONSUMER_INVALID", "FAILED_PRECONDITION");
		// Volcengine Ark.
		codes(FailureKind.PERMISSION_DENIED, "OperationDenied");
		// Bedrock; DashScope; Groq; LiteLLM's keys and teams; Moonshot.
		codes(FailureKind.PERMISSION_DENIED, "AccessDeniedException", "organization_restricted", "blocked_api_access",
				"model_terms_required", "model_permission_blocked_org", "model_permission_blocked_project",
				"key_model_access_denied", "team_model_access_denied", "user_model_access_denied",
				"org_model_access_denied", "permission_denied_error");
	}

	private static void models() {
		// OpenAI, Anthropic, Groq, Azure; Google, canonical codes; Fireworks.
		codes(FailureKind.MODEL_UNAVAILABLE, "model_not_found", "not_found_error", "model_not_available",
				"model_decommissioned", "model_not_active", "DeploymentNotFound", "OperationNotSupported", "NOT_FOUND");
		// Mistral and Perplexity; DashScope; Hugging Face router; GitHub Models; vLLM.
		codes(FailureKind.MODEL_UNAVAILABLE, "invalid_model", "ModelNotFound", "model_not_supported", "unknown_model",
				"unavailable_model", "NotFoundError");
		// Volcengine Ark; Moonshot; Bedrock.
		codes(FailureKind.MODEL_UNAVAILABLE, "InvalidEndpointOrModel", "InvalidEndpoint", "ModelNotOpen",
				"resource_not_found_error", "ResourceNotFoundException");
		// Together; Databricks; GitHub Models.
		codes(FailureKind.MODEL_UNAVAILABLE, "dedicated_endpoint_not_running", "RESOURCE_DOES_NOT_EXIST",
				"ENDPOINT_NOT_FOUND", "no_access");
	}

	private static void requests() {
		// OpenAI; llama.cpp; Anthropic for 32 MB; GitHub Models; LiteLLM.
		codes(FailureKind.CONTEXT_LENGTH_EXCEEDED, "context_length_exceeded", "exceed_context_size_error",
				"request_too_large", "tokens_limit_reached", "ContextWindowExceededError");
		// OpenAI, Azure; DashScope; new-api.
		codes(FailureKind.CONTENT_FILTERED, "content_filter", "content_policy_violation", "content_filtered",
				"ResponsibleAIPolicyViolation", "invalid_prompt", "cyber_policy_violation", "DataInspectionFailed",
				"data_inspection_failed", "sensitive_words_detected", "prompt_blocked",
				"image_content_policy_violation");
		// Volcengine Ark, error codes.
		codes(FailureKind.CONTENT_FILTERED, "SensitiveContentDetected", "InputTextSensitiveContentDetected",
				"InputImageSensitiveContentDetected", "OutputTextSensitiveContentDetected", "InputTextRiskDetection",
				"InputImageRiskDetection", "OutputTextRiskDetection", "OutputImageRiskDetection");
		// Groq, error codes: the model's own output was refused.
		codes(FailureKind.REJECTED, "tool_use_failed", "json_validate_failed", "output_parse_failed");
	}

	private static void servers() {
		// OpenAI, Anthropic; Google, canonical codes; Bedrock; DashScope; new-api.
		codes(FailureKind.TIMED_OUT, "request_timeout", "timeout", "timeout_error", "DEADLINE_EXCEEDED",
				"ModelTimeoutException", "RequestTimeOut", "ResponseTimeout", "channel:response_time_exceeded");
		// Google, canonical codes; Bedrock.
		codes(FailureKind.SERVER_ERROR, "INTERNAL", "UNKNOWN", "DATA_LOSS", "ABORTED", "ModelErrorException",
				"ModelStreamErrorException", "InternalServerException");
	}

	private static void numbers() {
		// z.ai and Zhipu, business error codes.
		numbers(FailureKind.AUTHENTICATION, "1000", "1001", "1002", "1003", "1004");
		numbers(FailureKind.QUOTA_EXHAUSTED, "1110", "1112", "1113", "1121", "1304", "1308", "1309", "1310");
		numbers(FailureKind.PERMISSION_DENIED, "1111", "1220");
		numbers(FailureKind.MODEL_UNAVAILABLE, "1211", "1221", "1222");
		numbers(FailureKind.CONTENT_FILTERED, "1300", "1301");
		numbers(FailureKind.RATE_LIMITED, "1302", "1303");
		numbers(FailureKind.OVERLOADED, "1305", "1312");
		numbers(FailureKind.SERVER_ERROR, "1120", "1230", "1234");
		numbers(FailureKind.CONTEXT_LENGTH_EXCEEDED, "1261");
		// MiniMax, base_resp.
		numbers(FailureKind.RATE_LIMITED, "base_resp.1002", "base_resp.1041");
		numbers(FailureKind.AUTHENTICATION, "base_resp.1004", "base_resp.2049");
		numbers(FailureKind.QUOTA_EXHAUSTED, "base_resp.1008", "base_resp.2056");
		numbers(FailureKind.CONTENT_FILTERED, "base_resp.1026", "base_resp.1027");
		numbers(FailureKind.MODEL_UNAVAILABLE, "base_resp.2061");
		numbers(FailureKind.CONTEXT_LENGTH_EXCEEDED, "base_resp.1039");
		numbers(FailureKind.SERVER_ERROR, "base_resp.1000", "base_resp.1013", "base_resp.1024", "base_resp.1033");
		numbers(FailureKind.TIMED_OUT, "base_resp.1001");
	}

	private static void vague() {
		// OpenAI, Anthropic, vLLM and SGLang, Google, Bedrock.
		vague(FailureKind.REFUSED_UNEXPLAINED, "invalid_request_error", "BadRequestError", "bad_request",
				"INVALID_ARGUMENT", "OUT_OF_RANGE", "UNIMPLEMENTED", "ValidationException");
		vague(FailureKind.SERVER_ERROR, "server_error", "internal_server_error", "api_error", "InternalServerError");
		// Google; the types of OpenAI's rate limits.
		vague(FailureKind.RATE_LIMITED, "RESOURCE_EXHAUSTED", "requests", "tokens");
		vague(FailureKind.PERMISSION_DENIED, "permission_error", "permission_denied");
	}

	private static void codes(FailureKind kind, String... codes) {
		for (String code : codes) {
			CODES.put(normalized(code), Meaning.of(kind));
		}
	}

	private static void numbers(FailureKind kind, String... codes) {
		for (String code : codes) {
			NUMBERS.put(code, Meaning.of(kind));
		}
	}

	private static void vague(FailureKind kind, String... types) {
		for (String type : types) {
			VAGUE.put(normalized(type), kind);
		}
	}

	private static String normalized(String text) {
		return text.toLowerCase(Locale.ROOT);
	}

}
