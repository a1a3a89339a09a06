// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.autoconfigure.chain.FallbackSetup;
import io.github.fallbackai.autoconfigure.endpoint.AllEndpointProperties;
import io.github.fallbackai.autoconfigure.endpoint.ChatModelBeans;
import io.github.fallbackai.autoconfigure.properties.FallbackAiProperties;
import io.github.fallbackai.springai.ChatModelClient;
import io.github.fallbackai.springai.FallbackChatModel;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.ToolCallingManager;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Auto-configuration of a {@link ChatModel} of Spring AI over the endpoints, and of
 * endpoints that are such models.
 */
@AutoConfiguration(after = FallbackAiAutoConfiguration.class,
		afterName = "org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration",
		beforeName = "org.springframework.ai.model.chat.client.autoconfigure.ChatClientAutoConfiguration")
@ConditionalOnClass(ChatModel.class)
@ConditionalOnBean({ AiFallbackOperations.class, FallbackSetup.class })
public class FallbackAiSpringAiAutoConfiguration {

	static final String PREFIX = FallbackAiProperties.PREFIX + ".spring-ai";

	/** Not the name of LangChain4j's model: an application may have both. */
	private static final String NAME = "fallbackAiSpringAiChatModel";

	@Primary
	@Bean(NAME)
	@ConditionalOnMissingBean
	@ConditionalOnProperty(prefix = PREFIX, name = "primary", matchIfMissing = true)
	@ConditionalOnNoPrimaryBean(ChatModel.class)
	FallbackChatModel fallbackAiPrimaryChatModel(AiFallbackOperations operations, FallbackSetup configured,
			ObjectProvider<ToolCallingManager> tools) {
		return chatModel(operations, configured, tools);
	}

	@Bean(NAME)
	@ConditionalOnMissingBean
	FallbackChatModel fallbackAiSpringAiChatModel(AiFallbackOperations operations, FallbackSetup configured,
			ObjectProvider<ToolCallingManager> tools) {
		return chatModel(operations, configured, tools);
	}

	/** The client of endpoints that are chat models. Its name is that of the provider. */
	@Bean(ChatModelBeans.PROVIDER)
	@ConditionalOnMissingBean(name = ChatModelBeans.PROVIDER)
	ChatModelClient fallbackAiChatModelClient(AllEndpointProperties endpoints, BeanFactory beans) {
		ChatModelBeans.check(endpoints, (name) -> isA(beans, name, ChatModel.class),
				(name) -> isA(beans, name, FallbackChatModel.class));
		return new ChatModelClient((name) -> beans.getBean(name, ChatModel.class));
	}

	private static boolean isA(BeanFactory beans, String name, Class<?> type) {
		return beans.containsBean(name) && beans.isTypeMatch(name, type);
	}

	private static FallbackChatModel chatModel(AiFallbackOperations operations, FallbackSetup configured,
			ObjectProvider<ToolCallingManager> tools) {
		return new FallbackChatModel(operations, tools.getIfUnique(() -> ToolCallingManager.builder().build()),
				configured.defaultFirst());
	}

}
