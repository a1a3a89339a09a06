// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.chat.ToolDefinition;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.DefaultToolDefinition;

import org.springframework.util.ReflectionUtils;

/**
 * The options of a request to one chat model. They are made anew for each endpoint, so
 * that no model name and no option of another provider gets there. A model of Spring AI 1
 * adds its own options to these; one of Spring AI 2 wants all of them, in its own type.
 */
final class EndpointOptions {

	/** What Spring AI 2 has instead of setters. */
	private static final @Nullable Method OPTIONS = ReflectionUtils.findMethod(ChatModel.class, "getOptions");

	private static final @Nullable Method MUTATE = ReflectionUtils.findMethod(ChatOptions.class, "mutate");

	private EndpointOptions() {
	}

	static ChatOptions of(EndpointRequest request, ChatModel model) {
		ChatRequest chat = request.chat();
		ChatOptions.Builder options = builder(model);
		Endpoint endpoint = request.endpoint();
		if (!endpoint.model().equals(endpoint.options().get(ChatModelClient.BEAN))) {
			options.model(endpoint.model());
		}
		if (chat.temperature() != null) {
			options.temperature(chat.temperature());
		}
		if (chat.topP() != null) {
			options.topP(chat.topP());
		}
		if (chat.maxTokens() != null) {
			options.maxTokens(chat.maxTokens());
		}
		if (!chat.stop().isEmpty()) {
			options.stopSequences(chat.stop());
		}
		addExtras(chat.extras(ChatModelClient.PROVIDER), options);
		addTools(chat, options);
		return options.build();
	}

	private static ChatOptions.Builder builder(ChatModel model) {
		if (OPTIONS == null || MUTATE == null) {
			return ToolCallingChatOptions.builder();
		}
		Object own = ReflectionUtils.invokeMethod(OPTIONS, model);
		return (own != null) ? (ChatOptions.Builder) ReflectionUtils.invokeMethod(MUTATE, own)
				: ToolCallingChatOptions.builder();
	}

	private static void addExtras(Map<String, Object> extras, ChatOptions.Builder options) {
		if (extras.get(ExtraOptions.FREQUENCY_PENALTY) instanceof Number number) {
			options.frequencyPenalty(number.doubleValue());
		}
		if (extras.get(ExtraOptions.PRESENCE_PENALTY) instanceof Number number) {
			options.presencePenalty(number.doubleValue());
		}
		if (extras.get(ExtraOptions.TOP_K) instanceof Number number) {
			options.topK(number.intValue());
		}
	}

	private static void addTools(ChatRequest chat, ChatOptions.Builder options) {
		boolean none = chat.toolChoice() != null && chat.toolChoice().mode() == ToolChoice.Mode.NONE;
		List<ToolCallback> tools = none ? List.of() : chat.tools().stream().<ToolCallback>map(Declared::new).toList();
		if (options instanceof ToolCallingChatOptions.Builder withTools) {
			withTools.toolCallbacks(tools);
			ToolRounds.leaveToTheCaller(withTools);
		}
		else if (!tools.isEmpty()) {
			throw new EndpointException(Failure.of(FailureKind.UNSUPPORTED)
				.need(io.github.fallbackai.failure.Need.TOOLS)
				.notTheEndpointsFault()
				.build());
		}
	}

	/**
	 * A tool that the model may ask for, and that the caller runs.
	 */
	private static final class Declared implements ToolCallback {

		private final ToolDefinition tool;

		Declared(ToolDefinition tool) {
			this.tool = tool;
		}

		@Override
		public org.springframework.ai.tool.definition.ToolDefinition getToolDefinition() {
			return new DefaultToolDefinition(this.tool.name(), this.tool.description(), this.tool.parametersSchema());
		}

		@Override
		public String call(String arguments) {
			throw new IllegalStateException("The caller runs its tools itself");
		}

	}

}
