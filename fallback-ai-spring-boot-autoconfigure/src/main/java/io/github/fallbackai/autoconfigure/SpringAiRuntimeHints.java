// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.util.ClassUtils;

/**
 * What is called by reflection in Spring AI and in the SDKs below it, because only one
 * version has it, or because there is no dependency on it.
 */
final class SpringAiRuntimeHints {

	private static final String AI = "org.springframework.ai.";

	private static final String TOOL_CHOICE = "com.openai.models.chat.completions.ChatCompletion";

	private static final String RETRY_POLICY = "org.springframework.core.retry.RetryPolicy";

	private static final List<String> CALLED = List.of(AI + "chat.model.ChatModel", AI + "chat.prompt.ChatOptions",
			AI + "model.tool.ToolCallingChatOptions", AI + "openai.OpenAiChatOptions", AI + "openai.api.ResponseFormat",
			AI + "openai.api.ResponseFormat$JsonSchema", AI + "openai.OpenAiChatModel$ResponseFormat",
			TOOL_CHOICE + "ToolChoiceOption", TOOL_CHOICE + "NamedToolChoice", TOOL_CHOICE + "NamedToolChoice$Function",
			AI + "anthropic.AnthropicChatOptions", "org.springframework.core.retry.RetryTemplate", RETRY_POLICY,
			"com.openai.errors.OpenAIServiceException", "com.openai.core.http.Headers", "com.openai.core.JsonField",
			"com.openai.core.JsonValue", "com.anthropic.core.JsonField", "com.anthropic.core.JsonValue",
			"com.google.api.client.http.HttpResponseException", "com.anthropic.errors.AnthropicServiceException",
			"com.anthropic.core.http.Headers", "software.amazon.awssdk.core.exception.SdkServiceException",
			"software.amazon.awssdk.awscore.exception.AwsServiceException",
			"software.amazon.awssdk.awscore.exception.AwsErrorDetails", "software.amazon.awssdk.http.SdkHttpResponse",
			"com.google.genai.errors.ApiException", "com.google.api.gax.rpc.ApiException",
			"com.google.api.gax.rpc.StatusCode", "io.grpc.StatusRuntimeException", "io.grpc.StatusException",
			"io.grpc.Status", "com.azure.core.exception.HttpResponseException", "com.azure.core.http.HttpResponse");

	/** Their field holds a template that repeats requests. */
	private static final List<String> REPEATING = List.of(AI + "anthropic.AnthropicChatModel",
			AI + "deepseek.DeepSeekChatModel", AI + "google.genai.GoogleGenAiChatModel",
			AI + "minimax.MiniMaxChatModel", AI + "mistralai.MistralAiChatModel", AI + "ollama.OllamaChatModel",
			AI + "openai.OpenAiChatModel", AI + "vertexai.gemini.VertexAiGeminiChatModel",
			AI + "zhipuai.ZhiPuAiChatModel");

	private SpringAiRuntimeHints() {
	}

	static void register(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		ReflectionHints reflection = hints.reflection();
		for (String type : CALLED) {
			reflection.registerTypeIfPresent(classLoader, type, MemberCategory.INVOKE_PUBLIC_METHODS);
		}
		for (String type : REPEATING) {
			reflection.registerTypeIfPresent(classLoader, type, MemberCategory.DECLARED_FIELDS);
		}
		// Its constant is the name of a model that no application chose.
		reflection.registerTypeIfPresent(classLoader, AI + "openai.OpenAiChatOptions", MemberCategory.DECLARED_FIELDS);
		if (ClassUtils.isPresent(RETRY_POLICY, classLoader)) {
			hints.proxies().registerJdkProxy(TypeReference.of(RETRY_POLICY));
		}
	}

}
