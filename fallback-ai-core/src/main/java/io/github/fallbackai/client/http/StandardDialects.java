// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.fallbackai.client.http.provider.Authentication;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.anthropic.AnthropicDialect;
import io.github.fallbackai.client.http.provider.gemini.GeminiDialect;
import io.github.fallbackai.client.http.provider.openai.AzureOpenAiDialect;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.client.http.provider.responses.ResponsesDialect;

/**
 * The dialects of this library, in the only list of them. Each dialect describes its
 * provider.
 */
public final class StandardDialects {

	private static final List<Dialect> ALL = List.of(new TwoApis(new OpenAiDialect(), ResponsesDialect.openAi()),
			new TwoApis(new AzureOpenAiDialect(), ResponsesDialect.azure()), new AnthropicDialect(),
			new GeminiDialect());

	private static final Set<String> KEY_HEADERS = keyHeaders(ALL);

	private StandardDialects() {
	}

	/** All of them, without state and safe for use by several threads. */
	public static List<Dialect> all() {
		return ALL;
	}

	/** Names of the headers in which their keys are sent; case does not matter. */
	public static Set<String> keyHeaders() {
		return KEY_HEADERS;
	}

	private static Set<String> keyHeaders(List<Dialect> dialects) {
		Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		names.add(Authentication.AUTHORIZATION);
		dialects.forEach((dialect) -> names.add(dialect.authentication().apiKeyHeader()));
		return Collections.unmodifiableSet(names);
	}

}
