// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Need;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of providers' sentences, found by parts of them. A sentence that is not
 * here means nothing. Case does not matter. An asterisk stands for a few words in
 * between. If several are found, the one that is listed first counts.
 *
 * <p>
 * No entry blames the server for an error that may concern only one request, such as an
 * image that could not be fetched in time, because that would count against the endpoint.
 */
public final class KnownSentences {

	/** Most characters for an asterisk; names of models can be long. */
	private static final int LONGEST_GAP = 120;

	/** Sentences that say more than any code beside them. */
	private static final List<Sentence> DECISIVE = new ArrayList<>();

	/** About the account, its key and the length of the prompt. */
	private static final List<Sentence> SENTENCES = new ArrayList<>();

	/** About models; they count if the endpoint does not say what it cannot do. */
	private static final List<Sentence> MODELS = new ArrayList<>();

	/** More general ones, which count last. */
	private static final List<Sentence> WIDER = new ArrayList<>();

	/** Sentences about quotas; Google has them in every rate limit. */
	private static final List<Sentence> QUOTAS = new ArrayList<>();

	static {
		decisive();
		accounts();
		keys();
		sizes();
		models();
		contents();
		servers();
		// OpenAI without its code, as proxies pass it on.
		add(QUOTAS, FailureKind.QUOTA_EXHAUSTED, "exceeded your current quota", "check your plan and billing");
	}

	private KnownSentences() {
	}

	/**
	 * Looks for a sentence that counts, whatever the code or type.
	 * @param message the provider's words
	 * @return what it means, {@code null} if there is none
	 */
	public static @Nullable Meaning findDecisive(String message) {
		return find(DECISIVE, message.toLowerCase(Locale.ROOT), (meaning) -> true);
	}

	/**
	 * Looks for a sentence, and among them for one that says what the endpoint cannot do.
	 * @param message the provider's words
	 * @param google whether they are Google's
	 * @param possible what they can mean at all
	 * @return what the first of them means, {@code null} if there is none
	 */
	public static @Nullable Meaning find(String message, boolean google, Predicate<FailureKind> possible) {
		String text = message.toLowerCase(Locale.ROOT);
		Meaning meaning = find(SENTENCES, text, possible);
		if (meaning == null && !google) {
			meaning = find(QUOTAS, text, possible);
		}
		if (meaning == null && possible.test(FailureKind.UNSUPPORTED)) {
			meaning = NeedWords.find(message, !possible.test(FailureKind.REFUSED_UNEXPLAINED));
		}
		if (meaning == null) {
			meaning = find(MODELS, text, possible);
		}
		if (meaning == null && possible.test(FailureKind.PERMISSION_DENIED)) {
			meaning = Complaints.find(message, google, possible);
		}
		return (meaning != null) ? meaning : find(WIDER, text, possible);
	}

	private static @Nullable Meaning find(List<Sentence> sentences, String text, Predicate<FailureKind> possible) {
		for (Sentence sentence : sentences) {
			if (possible.test(sentence.meaning().kind()) && sentence.isIn(text)) {
				return sentence.meaning();
			}
		}
		return null;
	}

	/** Every entry, so that a test can ask for an example of each. */
	static Stream<Sentence> entries() {
		return Stream.of(DECISIVE, SENTENCES, MODELS, WIDER, QUOTAS).flatMap(List::stream);
	}

	private static void decisive() {
		// OpenAI 429 and Groq 413: more tokens than the account may send in a minute.
		DECISIVE.add(new Sentence("request too large for*tokens per", Meaning.unsupported(Need.REQUEST_SIZE)));
		DECISIVE.add(new Sentence("request too large*limit*requested", Meaning.unsupported(Need.REQUEST_SIZE)));
		// Anthropic 429, for prompts beyond the plan's context.
		DECISIVE.add(new Sentence("extra usage is required for long context", Meaning.unsupported(Need.REQUEST_SIZE)));
		// Vertex, told with the status word of a forbidden project.
		add(DECISIVE, FailureKind.MODEL_UNAVAILABLE, "model*is not servable");
		// DashScope: its "allocated quota" is a rate, whatever the code says.
		add(DECISIVE, FailureKind.RATE_LIMITED, "allocated quota exceeded");
	}

	private static void accounts() {
		// Anthropic, errors; DeepSeek 402; OpenRouter 402; xAI and SiliconFlow 403.
		add(FailureKind.QUOTA_EXHAUSTED, "credit balance", "api usage limits", "spend limit", "insufficient balance",
				"insufficient credits", "insufficient funds", "top up", "key limit exceeded", "balance is insufficient",
				"balance is not enough", "not enough balance", "doesn't have any credits", "does not have any credits",
				"requires more credits", "out of credits");
		// Google; Fireworks 412; DashScope 400; Volcengine Ark 403; Cohere and NVIDIA
		// trials.
		add(FailureKind.QUOTA_EXHAUSTED, "credits are depleted", "spending cap", "billing account", "spending limit",
				"past invoices", "account is in good standing", "overdue balance", "overdue payment", "in arrears",
				"unpaid", "payment is past due", "unpaid invoice", "credits have expired",
				"exceeded its available credits");
		// LiteLLM's budgets; Hugging Face 402; Kimi and ChatGPT plans.
		add(FailureKind.QUOTA_EXHAUSTED, "budget has been exceeded", "exceeded budget", "monthly included credits",
				"reached your usage limit", "usage limit has been reached", "usage limit reached", "quota is exhausted",
				"quota exhausted", "payment required", "trial has expired", "trial has ended");
		// Accounts and keys that are switched off until the customer pays or asks.
		add(FailureKind.QUOTA_EXHAUSTED, "account*is suspended", "account*has been suspended", "account*was suspended",
				"suspended account", "account is not active", "account is inactive", "inactive subscription",
				"subscription*has expired", "subscription is not active", "billing is not active",
				"no active subscription");
		// Zhipu, DashScope and one-api in Chinese: balance too low, in arrears.
		add(FailureKind.QUOTA_EXHAUSTED, "余额不足", "欠费", "额度不足", "额度已用尽");
		// Cloudflare 429; Anthropic's plans 400.
		add(FailureKind.QUOTA_EXHAUSTED, "daily free allocation", "extra usage, not your plan", "out of extra usage");
		// Ollama's cloud, ChatGPT plans and proxies, with 429.
		add(FailureKind.QUOTA_EXHAUSTED, "reached your*usage limit", "hit your usage limit", "exhausted their quota",
				"exhausted your quota", "assigned quota", "余量不足", "已用尽", "已耗尽");
	}

	private static void keys() {
		// Google 400; OpenAI; xAI 400; Anthropic; Google 403 for a key found in public.
		add(FailureKind.AUTHENTICATION, "api key not valid", "api key expired", "api key not found",
				"incorrect api key", "invalid api key", "api key*is invalid", "api key*is not valid",
				"invalid x-api-key", "api key is invalid", "invalid api-key", "api key*reported as leaked",
				"organization has been disabled", "api key has been disabled");
		// DeepSeek; FastAPI's security; AWS; Kimi; LiteLLM.
		add(FailureKind.AUTHENTICATION, "authentication fails", "not authenticated", "security token included in the",
				"api key appears to be invalid", "no api key provided", "didn't provide an api key", "missing api key",
				"invalid authentication credentials", "no auth credentials found");
		// ChatGPT plans.
		add(FailureKind.MODEL_UNAVAILABLE, "with a chatgpt account");
		// Google 400; OpenAI; Kong in front of Mistral; Groq.
		add(FailureKind.PERMISSION_DENIED, "location is not supported", "region, or territory not supported",
				"country*is not supported", "cannot consume this service", "account*flagged", "unsupported countries",
				"not have permission", "requires terms acceptance", "access terminated");
	}

	private static void sizes() {
		// vLLM, if only the requested answer is too long.
		SENTENCES.add(new Sentence("max_tokens*is too large", Meaning.unsupported(Need.OUTPUT_TOKENS)));
		// OpenAI, vLLM, OpenRouter; Anthropic.
		add(FailureKind.CONTEXT_LENGTH_EXCEEDED, "maximum context length", "prompt is too long", "exceed context limit",
				"exceeds the context window", "exceeds the model's context window", "exceeds model context window",
				"context window exceeds", "context length exceeded", "context limit exceeded", "maximum context limit",
				"context window", "context size");
		// SGLang; Bedrock; xAI; Groq and Cerebras; Google.
		add(FailureKind.CONTEXT_LENGTH_EXCEEDED, "longer than the model's context length",
				"longer than the maximum model length", "input is too long", "maximum prompt length",
				"reduce the length of the", "exceeds the maximum number of tokens", "input token count",
				"input context is too long", "requested token count exceeds");
		// Mistral; Together and TGI; Ollama and LM Studio; Moonshot; Cohere.
		add(FailureKind.CONTEXT_LENGTH_EXCEEDED, "too large for model with*context", "`inputs` tokens",
				"`inputs` must have less than", "exceeds the context length", "greater than the context length",
				"exceeds the available context", "exceeded model token limit", "input token length too long",
				"too many tokens in the prompt", "too many tokens: total", "prompt too long", "maximum input length");
		// DashScope; Azure; GitHub Models and Copilot; Cerebras; Databricks; NVIDIA.
		add(FailureKind.CONTEXT_LENGTH_EXCEEDED, "range of input length should be", "input tokens exceeded",
				"number of input tokens", "too many input tokens", "prompt exceeds", "prompt length*exceeds",
				"exceed max message tokens", "maximum supported sequence length",
				"input tokens exceed the configured limit", "request body too large for*model",
				"prompt token count*exceeds", "current length is*while limit is", "max input limit",
				"exceeds maximum allowed content length", "token limit exceeded", "maximum allowed input length",
				"input length*exceeds", "too long for this model", "overflow*context", "input*too large to process");
		// vLLM, if the prompt leaves no room; llama.cpp; hosts in China.
		add(FailureKind.CONTEXT_LENGTH_EXCEEDED, "must be at least 1, got -", "slot context", "上下文长度", "超过最大长度");
		// LiteLLM's name for any of these; OpenAI, contents beyond 10 MB of text.
		add(FailureKind.CONTEXT_LENGTH_EXCEEDED, "contextwindowexceedederror");
		add(FailureKind.CONTEXT_LENGTH_EXCEEDED, "content*string too long");
	}

	private static void models() {
		// Any; the model is there, but not now.
		add(MODELS, FailureKind.OVERLOADED, "model*temporarily unavailable", "model*currently unavailable",
				"model*temporarily not available", "model*currently not available");
		// DeepSeek 400; Mistral 400; Perplexity 400; OpenRouter 400; LiteLLM 400; xAI
		// 404.
		add(MODELS, FailureKind.MODEL_UNAVAILABLE, "model not exist", "invalid model", "model not found",
				"no such model", "is not a valid model", "unknown model", "model does not exist", "model doesn't exist",
				"model*does not exist", "model*doesn't exist", "model*was not found", "model*is not found",
				"model*not found");
		// OpenRouter 404: what this request needs, and what its account permits.
		MODELS.add(new Sentence("no endpoints found that", Meaning.unsupported(null)));
		add(MODELS, FailureKind.PERMISSION_DENIED, "no endpoints available matching your",
				"no endpoints found matching your");
		// Groq 400; OpenAI 404; NVIDIA 410; Bedrock 404; Google 404: retired.
		add(MODELS, FailureKind.MODEL_UNAVAILABLE, "model*decommissioned", "model*deprecated*no longer",
				"model*has been deprecated", "model*no longer supported", "model*no longer available",
				"model*is retired", "model*been retired", "model*end of life", "model*end of its life",
				"model*has been shut down", "model*has been removed", "model*was removed", "model disabled",
				"model is disabled", "model*is no longer", "model*been discontinued");
		// Bedrock; Google; OpenAI; Hugging Face router; Fireworks; Cloudflare; GitHub
		// Models.
		add(MODELS, FailureKind.MODEL_UNAVAILABLE, "model identifier is invalid",
				"on-demand throughput isn't supported", "access to the model with the specified",
				"is not found for api version", "unexpected model name format",
				"not supported by any provider you have enabled", "not supported for generatecontent",
				"not supported in the v1/chat/completions", "does not work with the specified model",
				"not a chat model", "unable to access model", "model*not accessible", "model*is not available",
				"requested model is not supported", "no endpoints found for", "no allowed providers are available for",
				"unavailable model");
		// LM Studio without a model; LiteLLM without a deployment; Zhipu in Chinese.
		add(MODELS, FailureKind.MODEL_UNAVAILABLE, "no models loaded", "function*not found for account",
				"model is not loaded", "model not loaded", "no deployments available for", "模型不存在", "无可用渠道");
		// Bedrock; Azure; ModelScope; Hugging Face; Together; Fireworks; MiniMax; any.
		add(MODELS, FailureKind.MODEL_UNAVAILABLE, "marked by provider as legacy", "enabled only for api versions",
				"has no provider supported", "is not supported for task", "unable to access*model",
				"dedicated endpoint*not running", "please use /completions", "plan not support model",
				"unsupported model", "unrecognized model", "not found the model", "no access to model",
				"deployment*not found", "deployment*does not exist", "deployment*is disabled", "deployment*not running",
				"model*is disabled", "model*unavailable", "model*not available", "model*not deployed",
				"model*not enabled for", "model*is offline", "model*sunset", "model*not permitted");
	}

	private static void contents() {
		// Azure and OpenAI; Anthropic; Google; Moonshot; DeepSeek; Kimi; xAI; DashScope.
		add(WIDER, FailureKind.CONTENT_FILTERED, "contentpolicyviolationerror", "content management policy",
				"content policy", "safety system", "flagged", "content filtering policy", "usage policy",
				"usage policies", "responsible ai", "considered high risk", "content exists risk", "usage guidelines",
				"inappropriate content", "content safety", "unsafe or sensitive content", "sensitive content",
				"blocked by content filter", "content filter", "prohibited content", "guardrail", "moderation",
				"prompt blocked", "prompt was blocked", "prompt is blocked");
		// Groq: the model's own output is refused.
		add(WIDER, FailureKind.REJECTED, "failed to call a function", "failed to generate json", "failed_generation",
				"could not be parsed as a tool call", "tool call validation failed", "model produced invalid content",
				"model produced a malformed", "invalid tool call generated");
	}

	private static void servers() {
		// OpenAI, Anthropic, TGI; Cerebras; Groq; Cloudflare; Ollama.
		add(WIDER, FailureKind.OVERLOADED, "overloaded", "experiencing high traffic", "experiencing high demand",
				"over capacity", "capacity exceeded", "capacity temporarily exceeded", "no capacity", "at capacity",
				"system is too busy", "server is busy", "server busy", "model too busy", "model is busy",
				"model is loading", "loading model", "currently loading");
		// LM Studio and Baseten 400: the model cannot run at present.
		add(WIDER, FailureKind.SERVER_ERROR, "failed to load model", "model has crashed", "model crashed",
				"internal server error", "internal error");
		add(WIDER, FailureKind.OVERLOADED, "model is not ready", "still building or deploying", "is warming up",
				"is starting up");
		// Any, told with another status than 429.
		add(WIDER, FailureKind.RATE_LIMITED, "rate limit", "too many requests", "request rate increased too quickly",
				"throttled", "too many tokens, please wait", "ratelimiterror", "request limit reached");
	}

	private static void add(FailureKind kind, String... parts) {
		add(SENTENCES, kind, parts);
	}

	private static void add(List<Sentence> sentences, FailureKind kind, String... parts) {
		for (String part : parts) {
			sentences.add(new Sentence(part, Meaning.of(kind)));
		}
	}

	/**
	 * Parts of a sentence in their order, and what it means.
	 */
	record Sentence(List<String> parts, Meaning meaning) {

		Sentence(String pattern, Meaning meaning) {
			this(List.of(pattern.split("\\*")), meaning);
		}

		boolean isIn(String text) {
			String first = this.parts.get(0);
			for (int at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
				if (goesOn(text, at + first.length())) {
					return true;
				}
			}
			return false;
		}

		private boolean goesOn(String text, int after) {
			int from = after;
			for (String part : this.parts.subList(1, this.parts.size())) {
				int found = text.indexOf(part, from);
				if (found < 0 || found - from > LONGEST_GAP || text.substring(from, found).contains(". ")) {
					return false;
				}
				from = found + part.length();
			}
			return true;
		}

	}

}
