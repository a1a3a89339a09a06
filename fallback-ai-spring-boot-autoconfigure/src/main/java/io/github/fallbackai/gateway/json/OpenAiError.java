// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.face.GatewayError;

/**
 * Writes errors in OpenAI's shape.
 */
public final class OpenAiError {

	private OpenAiError() {
	}

	/** The body of an answer, or an event of a stream. */
	public static ObjectNode json(GatewayError error) {
		ObjectNode json = GatewayJson.object();
		json.putObject("error")
			.put("message", error.message())
			.put("type", error.type())
			.put("param", error.param())
			.put("code", error.code());
		return json;
	}

}
