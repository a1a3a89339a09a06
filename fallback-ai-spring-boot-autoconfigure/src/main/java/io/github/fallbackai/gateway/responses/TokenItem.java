// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.gateway.json.GatewayJson;

/**
 * What providers want back, as a thought that the client cannot read.
 */
final class TokenItem extends OpenItem {

	private final String token;

	TokenItem(Events events, String id, int place, String token) {
		super(events, id, place);
		this.token = token;
	}

	@Override
	void endParts() {
		// There is only the whole.
	}

	@Override
	ObjectNode item(String status) {
		ObjectNode item = GatewayJson.object().put("id", id()).put("type", "reasoning");
		item.putArray("summary");
		return item.put("encrypted_content", this.token);
	}

}
