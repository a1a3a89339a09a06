// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ProviderState;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a thought of Google's models. It means the same in Google's own format
 * and in OpenAI's: see
 * <a href="https://ai.google.dev/gemini-api/docs/thought-signatures">thought
 * signatures</a>.
 */
public final class GoogleSignature {

	/** The member that holds it in Google's format. */
	public static final String MEMBER = "thoughtSignature";

	/**
	 * The value for calls of other models. From Gemini 3 on, models refuse calls without
	 * a signature.
	 */
	public static final String NONE = "skip_thought_signature_validator";

	/** Earlier models sign, too, but do not insist. */
	private static final Pattern INSISTS = Pattern.compile("gemini(?!-[12](?:\\D|$))");

	private static final String EXTRA_CONTENT = "extra_content";

	private GoogleSignature() {
	}

	/**
	 * Whether a model refuses calls without a signature.
	 * @param model name of the model
	 */
	public static boolean requiredBy(String model) {
		return INSISTS.matcher(model).find();
	}

	/**
	 * Finds the signature in a state, whatever its format.
	 * @param state the state of a part or of a message
	 * @return the signature, {@code null} if there is none
	 */
	public static @Nullable String of(@Nullable ProviderState state) {
		JsonNode json = (state != null) ? ProviderJson.read(state.json()) : null;
		JsonNode members = (json != null) ? json : MissingNode.getInstance();
		String own = ProviderJson.text(members, MEMBER);
		String signature = own.isEmpty()
				? ProviderJson.text(members.path(EXTRA_CONTENT).path("google"), "thought_signature") : own;
		return signature.isEmpty() ? null : signature;
	}

	/** The signature among the members of a part, {@code null} if there is none. */
	public static @Nullable String in(ObjectNode part) {
		String signature = ProviderJson.text(part, MEMBER);
		return signature.isEmpty() ? null : signature;
	}

	/**
	 * Writes the signature in OpenAI's format.
	 * @param object the tool call or message
	 * @param signature the signature
	 */
	public static void add(ObjectNode object, String signature) {
		object.withObject('/' + EXTRA_CONTENT + "/google").put("thought_signature", signature);
	}

}
