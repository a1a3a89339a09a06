// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure;

import com.knuddels.jtokkit.Encodings;
import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.tokens.JtokkitTokenEstimator;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * How tokens are counted before a request is sent: exactly where JTokkit is there.
 */
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnMissingClass("com.knuddels.jtokkit.Encodings")
	TokenEstimator fallbackAiRoughTokenEstimator() {
		return TokenEstimator.ROUGH;
	}

	/**
	 * With JTokkit.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Encodings.class)
	static class Exact {

		@Bean
		@ConditionalOnMissingBean(TokenEstimator.class)
		JtokkitTokenEstimator fallbackAiTokenEstimator() {
			return new JtokkitTokenEstimator();
		}

	}

}
