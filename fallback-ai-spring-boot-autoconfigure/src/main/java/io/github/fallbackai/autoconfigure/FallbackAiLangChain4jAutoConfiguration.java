// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.langchain4j.FallbackChatModel;
import io.github.fallbackai.langchain4j.FallbackStreamingChatModel;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
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

	private static final String MODEL = "fallbackAiChatModel";

	private static final String STREAMING_MODEL = "fallbackAiStreamingChatModel";

	@Primary
	@Bean(MODEL)
	@ConditionalOnMissingBean
	@ConditionalOnProperty(prefix = PREFIX, name = "primary", matchIfMissing = true)
	@ConditionalOnNoPrimaryBean(ChatModel.class)
	FallbackChatModel fallbackAiPrimaryChatModel(AiFallbackOperations ai) {
		return new FallbackChatModel(ai);
	}

	@Bean(MODEL)
	@ConditionalOnMissingBean
	FallbackChatModel fallbackAiChatModel(AiFallbackOperations ai) {
		return new FallbackChatModel(ai);
	}

	@Primary
	@Bean(STREAMING_MODEL)
	@ConditionalOnMissingBean
	@ConditionalOnProperty(prefix = PREFIX, name = "primary", matchIfMissing = true)
	@ConditionalOnNoPrimaryBean(StreamingChatModel.class)
	FallbackStreamingChatModel fallbackAiPrimaryStreamingChatModel(AiFallbackOperations ai) {
		return new FallbackStreamingChatModel(ai);
	}

	@Bean(STREAMING_MODEL)
	@ConditionalOnMissingBean
	FallbackStreamingChatModel fallbackAiStreamingChatModel(AiFallbackOperations ai) {
		return new FallbackStreamingChatModel(ai);
	}

}
