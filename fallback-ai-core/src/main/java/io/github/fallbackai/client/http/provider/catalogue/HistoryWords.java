// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.catalogue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Recognises what a provider does not like about the earlier messages of a conversation.
 * It may be right for the provider that they come from.
 */
public final class HistoryWords {

	/** The parameter that switches thinking on is the caller's. */
	private static final Pattern PARAMETER = pattern(
			"^thinking\\b|\\bbudget_tokens\\b|\\bthinking\\.(?:type|enabled|adaptive)\\b");

	private static final Pattern THOUGHTS = pattern("\\bthinking\\b|\\bthoughts?\\b|\\bsignature\\b|\\breasoning\\b");

	private static final Pattern MEMBERS = pattern("\\breasoning_(?:content|details)\\b|\\bthought_?signature\\b"
			+ "|\\bredacted_thinking\\b|\\bthinking.? blocks?\\b|\\bthinking\\.signature\\b");

	private static final Map<Pattern, Complaint> SENTENCES = new LinkedHashMap<>();

	static {
		missing();
		foreign();
		order();
	}

	private HistoryWords() {
	}

	private static void missing() {
		// DeepSeek 400, thinking mode; its Anthropic door names content[].thinking.
		add(Complaint.THOUGHT_MISSING, "\\bin the thinking mode must be passed back\\b");
		add(Complaint.THOUGHT_MISSING, "\\bmissing .?reasoning_content.? field\\b");
		// Moonshot 400: at an index of the messages.
		add(Complaint.THOUGHT_MISSING, "\\breasoning_content is missing\\b");
		// Anthropic 400, extended thinking; Bedrock passes it on.
		add(Complaint.THOUGHT_MISSING, "\\bexpected .?thinking.? or .?redacted_thinking.?, but found\\b"
				+ "|\\bmust start with a thinking block\\b");
		// Google 400, Gemini 3: of a functionCall part, or of a content block (Vertex).
		add(Complaint.SIGNATURE_MISSING, "\\bmissing an? .?thought_?signature\\b");
	}

	private static void foreign() {
		// Anthropic 400: signed by another model, changed, or without a signature.
		add(Complaint.THOUGHT_REFUSED,
				"\\binvalid .?signature.? in .?thinking.? block\\b"
						+ "|\\bthinking\\.signature\\b|\\binvalid .?data.? in .?redacted_thinking\\b"
						+ "|\\bblocks in the latest assistant message cannot be modified\\b");
		// Google 400, in the words of its two APIs.
		add(Complaint.THOUGHT_REFUSED, "\\b(?:corrupted|invalid) thought.?signature\\b"
				+ "|\\bthought.?signature is (?:not valid|invalid|corrupted)\\b");
		// OpenAI 400: reasoning items of another organization or model.
		add(Complaint.THOUGHT_REFUSED,
				"\\bencrypted content\\b.{0,80}\\b(?:could not be|not) (?:be )?(?:verified|decrypted)\\b"
						+ "|\\binvalid_encrypted_content\\b");
		// OpenAI 400: reasoning items that lost what belongs to them, or that it does not
		// store.
		add(Complaint.THOUGHT_REFUSED, "\\bof type .?reasoning.? was provided without its required\\b"
				+ "|\\bwithout its required .?reasoning.? item\\b|\\bitems are not persisted when\\b");
		// Groq 400 for models that do not think.
		add(Complaint.THOUGHT_REFUSED, "\\breasoning is not supported with this model\\b");
	}

	private static void order() {
		// Templates of vLLM, llama.cpp and TGI for Gemma, Llama 2 and Mistral's models.
		add(Complaint.ROLE_ORDER, "\\broles must alternate\\b");
		// Mistral 400, code 3230; Perplexity.
		add(Complaint.ROLE_ORDER,
				"\\bunexpected role '\\w+' after role '\\w+'" + "|\\bmessages?(?:\\(s\\))? should alternate with\\b");
		// Anthropic's models on Bedrock and elsewhere.
		add(Complaint.ROLE_ORDER, "\\bfirst message must use the .?user.? role\\b"
				+ "|\\bconversation must start with a user message\\b");
	}

	/**
	 * Looks for a complaint.
	 * @param message the provider's words
	 * @return what it complains about, {@code null} if it is none of these
	 */
	public static @Nullable Complaint find(String message) {
		for (Map.Entry<Pattern, Complaint> sentence : SENTENCES.entrySet()) {
			if (sentence.getKey().matcher(message).find()) {
				return sentence.getValue();
			}
		}
		return null;
	}

	/** Whether words may be about the thoughts of earlier messages. */
	public static boolean aboutThoughts(String message) {
		return aboutMembersOfThoughts(message)
				|| (THOUGHTS.matcher(message).find() && !PARAMETER.matcher(message).find());
	}

	/** Whether words name a member that holds thoughts. */
	public static boolean aboutMembersOfThoughts(String message) {
		return MEMBERS.matcher(message).find();
	}

	private static void add(Complaint complaint, String regex) {
		SENTENCES.put(pattern(regex), complaint);
	}

	private static Pattern pattern(String regex) {
		return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
	}

	/**
	 * What is wrong with the earlier messages.
	 */
	public enum Complaint {

		/** The model wants thoughts back with its tool calls. */
		THOUGHT_MISSING,

		/** Google's model wants signatures back with its tool calls. */
		SIGNATURE_MISSING,

		/** The thoughts are not those of this model, or it does not take any. */
		THOUGHT_REFUSED,

		/** The roles do not follow one another as the model's template wants them. */
		ROLE_ORDER

	}

}
