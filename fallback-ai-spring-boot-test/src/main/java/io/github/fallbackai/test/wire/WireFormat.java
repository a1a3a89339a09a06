// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test.wire;

import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * How one provider's HTTP interface writes questions, answers and errors as bytes.
 * Implementations are stateless.
 */
public interface WireFormat {

	/**
	 * Tells whether a request for this path is in this format. Only the end of the path
	 * counts, so that one base URL serves all formats.
	 * @param path the path without query
	 * @return whether this format reads and answers it
	 */
	boolean serves(String path);

	/**
	 * Reads a request.
	 * @param uri the path with its query
	 * @param body the body
	 * @return what is asked
	 * @throws IllegalArgumentException with the provider's words for it if the body has
	 * not all that it must have
	 */
	Prompt read(String uri, JsonNode body);

	/**
	 * Looks at the conversation as the provider does.
	 * @param prompt what is asked
	 * @param body the body of the request
	 * @param rules the rules, never {@link ProviderRules#NONE}
	 * @return what the provider says against it, absent if it takes the conversation
	 */
	default @Nullable Refusal refusal(Prompt prompt, JsonNode body, ProviderRules rules) {
		return null;
	}

	/**
	 * Looks at the conversation as the provider does, if that also depends on headers.
	 * @param prompt what is asked
	 * @param body the body of the request
	 * @param rules the rules, never {@link ProviderRules#NONE}
	 * @param headers finds the value of a header, absent if there is none
	 * @return what the provider says against it, absent if it takes the conversation
	 */
	default @Nullable Refusal refusal(Prompt prompt, JsonNode body, ProviderRules rules,
			Function<String, @Nullable String> headers) {
		return refusal(prompt, body, rules);
	}

	/**
	 * Reads the prompt as the provider's cache sees it.
	 * @param body the body of the request
	 * @return the pieces of the prompt, in the order in which the model reads them
	 */
	List<PromptBlock> blocks(JsonNode body);

	/**
	 * Writes an answer as a stream.
	 * @param turn question and answer
	 * @return the events, in order
	 */
	List<Frame> stream(Turn turn);

	/**
	 * Writes an answer as one document.
	 * @param turn question and answer
	 * @return the response body
	 */
	String unary(Turn turn);

	/**
	 * Writes an error as the body of a response with the error's status.
	 * @param error the error
	 * @return the response body
	 */
	String error(ProviderError error);

	/**
	 * Writes an error that occurs in a stream that has begun.
	 * @param error the error
	 * @return the event
	 */
	String errorEvent(ProviderError error);

	/**
	 * Writes a keep-alive for a stream, without content.
	 * @return the event or comment
	 */
	default String ping() {
		return ": ping\n\n";
	}

	/**
	 * Names the header in which the provider sends its id of the request.
	 * @return the header's name, absent if the provider sends none
	 */
	default @Nullable String requestIdHeader() {
		return null;
	}

}
