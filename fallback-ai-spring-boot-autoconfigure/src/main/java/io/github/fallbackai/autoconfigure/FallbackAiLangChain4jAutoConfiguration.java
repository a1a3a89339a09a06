// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import dev.langchain4j.model.chat.ChatModel;
import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.langchain4j.FallbackChatModel;
import io.github.fallbackai.langchain4j.FallbackStreamingChatModel;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * Auto-configuration of LangChain4j's chat models over the fallback. Other models of the
 * application stay, because endpoints may need them.
 */
@AutoConfiguration(after = FallbackAiAutoConfiguration.class)
@ConditionalOnClass(ChatModel.class)
@ConditionalOnBean(AiFallbackOperations.class)
@ConditionalOnProperty(prefix = FallbackAiLangChain4jAutoConfiguration.PREFIX, name = "enabled", matchIfMissing = true)
public class FallbackAiLangChain4jAutoConfiguration {

	static final String PREFIX = "fallback.ai.langchain4j";

	/**
	 * The models as primary beans of their type.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(prefix = PREFIX, name = "primary", matchIfMissing = true)
	static class PrimaryModels {

		@Bean
		@Primary
		@ConditionalOnMissingBean
		FallbackChatModel fallbackAiChatModel(AiFallbackOperations ai) {
			return new FallbackChatModel(ai);
		}

		@Bean
		@Primary
		@ConditionalOnMissingBean
		FallbackStreamingChatModel fallbackAiStreamingChatModel(AiFallbackOperations ai) {
			return new FallbackStreamingChatModel(ai);
		}

	}

	/**
	 * The models beside others.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(prefix = PREFIX, name = "primary", havingValue = "false")
	static class OtherModels {

		@Bean
		@ConditionalOnMissingBean
		FallbackChatModel fallbackAiChatModel(AiFallbackOperations ai) {
			return new FallbackChatModel(ai);
		}

		@Bean
		@ConditionalOnMissingBean
		FallbackStreamingChatModel fallbackAiStreamingChatModel(AiFallbackOperations ai) {
			return new FallbackStreamingChatModel(ai);
		}

	}

}
