// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.catalogue;

import java.util.regex.Pattern;

/**
 * Recognises limits that servers and models set differently: how many tools or images
 * there may be and how large they are, which features of a schema a server knows, and
 * which values a choice has.
 */
public final class LimitWords {

	private static final String THINGS = "(?:tools?|functions?|images?|files?|documents?|pages|pdfs?|videos?|audio|attachments?"
			+ "|properties|enum values)";

	private static final Pattern[] LIMITS = {
			// OpenAI, Groq, vLLM: a number of things.
			pattern("['`\"]?\\b" + THINGS
					+ "\\b['`\"]?.{0,24}\\b(?:array too long|maximum number of items|too many)\\b"),
			pattern("\\b(?:too many|at most \\d{1,6}|maximum (?:number )?of (?:\\d{1,6} )?|more than \\d{1,6}"
					+ "|(?:up to|only) \\d{1,6}) (?:[\\w-]+ ){0,2}" + THINGS + "\\b"),
			// Anthropic, Google: their size.
			pattern("\\b" + THINGS + "\\b[^.]{0,60}\\b(?:exceeds?|exceeding|larger than|too (?:large|big|long)"
					+ "|over the (?:limit|maximum))\\b"),
			// vLLM's backends for schemas, llama.cpp, Google.
			pattern("\\bschema\\b.{0,60}\\b(?:features?|keywords?|constraints?)\\b.{0,24}\\bnot supported\\b"
					+ "|\\bschema\\b.{0,40}\\btoo (?:complex|deep|large|many states)\\b"),
			// LM Studio, Groq, Ollama, DeepSeek, Moonshot: a choice among the tools.
			pattern("\\btool_choice\\b.{0,40}\\b(?:type|supported|not support|incompatible|only|allowed|must be)\\b"
					+ "|\\b(?:supported|allowed|not support|only)\\b.{0,40}\\btool_choice\\b") };

	private LimitWords() {
	}

	/**
	 * Whether the words name a limit of the endpoint.
	 * @param words what the provider wrote
	 */
	public static boolean ofEndpoint(String words) {
		for (Pattern limit : LIMITS) {
			if (limit.matcher(words).find()) {
				return true;
			}
		}
		return false;
	}

	private static Pattern pattern(String regex) {
		return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
	}

}
