// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.fallbackai.client.http.wire.ResponseHead;

/**
 * The words of a provider about a request that it refused. {@code toString()} hides it.
 *
 * @param document the body, if it is JSON; a missing node otherwise
 * @param words the sentences in it, in JSON or in plain text
 * @param code the error's code, empty if there is none
 * @param param the part of the request that the error names, empty if it names none
 */
public record RefusalText(JsonNode document, String words, String code, String param) {

	/**
	 * Reads a body.
	 * @param head status and headers of the response
	 * @param body its body
	 */
	public static RefusalText of(ResponseHead head, byte[] body) {
		JsonNode json = ProviderJson.read(ErrorBody.unwrap(body));
		ErrorReport report = ErrorReport.of(head, body);
		String words = (json != null && json.isTextual()) ? ErrorShapes.bounded(json.textValue()) : report.message();
		return new RefusalText((json != null) ? json : MissingNode.getInstance(), words, report.code(), report.param());
	}

	/** The error itself, without its envelope. */
	JsonNode error() {
		JsonNode object = this.document.isArray() ? this.document.path(0) : this.document;
		return object.path("error").isObject() ? object.path("error") : object;
	}

	@Override
	public String toString() {
		return "RefusalText[" + this.words.length() + " characters]";
	}

}
