// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

/**
 * How strictly a simulated provider looks at the conversation that it gets. Real ones
 * refuse conversations that are out of order, or that lack what their models want back.
 */
public enum ProviderRules {

	/** Takes every conversation. */
	NONE,

	/** The rules of OpenAI, Azure, Anthropic or Google, whose format the request has. */
	STRICT,

	/**
	 * The rules of DeepSeek's models, which want their thoughts back; only in OpenAI's
	 * format.
	 */
	DEEPSEEK,

	/**
	 * The rules of OpenRouter, which wants no thoughts but those of the same model; only
	 * in OpenAI's format.
	 */
	OPENROUTER

}
