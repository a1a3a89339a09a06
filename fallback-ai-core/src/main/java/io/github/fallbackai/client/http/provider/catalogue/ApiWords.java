// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.catalogue;

import java.util.regex.Pattern;

/**
 * Recognises that a model is not available by one API of its provider, but by another.
 */
public final class ApiWords {

	/**
	 * OpenAI 400 for tools and reasoning from GPT-5.4 on, in two wordings; OpenAI 404 for
	 * models that know only responses, and for those that it does not call chat models;
	 * Azure 400; GitHub Copilot 400.
	 */
	private static final Pattern OTHER = Pattern.compile("\\buse (?:the )?/?v1/responses\\b"
			+ "|\\bonly (?:supported|available) (?:in|on|via|through|with) (?:the )?/?(?:v1/responses|responses api)\\b"
			+ "|\\bnot a chat model\\b.{0,60}\\bchat/completions\\b"
			+ "|\\bnot accessible via the /chat/completions endpoint\\b"
			+ "|\\bchat_?completions? operation does not work with the specified model\\b", Pattern.CASE_INSENSITIVE);

	private ApiWords() {
	}

	/**
	 * Whether chat completions are refused because the model needs responses.
	 * @param words the provider's words
	 */
	public static boolean wantOtherApi(String words) {
		return OTHER.matcher(words).find();
	}

}
