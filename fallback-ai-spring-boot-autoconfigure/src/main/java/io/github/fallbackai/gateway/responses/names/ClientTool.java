// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses.names;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A tool as the client knows it.
 *
 * @param namespace the namespace that it is in, {@code null} if it is in none
 * @param name its name there
 * @param custom whether its input is any text instead of JSON
 */
public record ClientTool(@Nullable String namespace, String name, boolean custom) {

	/** Writes the names into an item or a call. */
	public ObjectNode addNames(ObjectNode json) {
		json.put("name", this.name);
		if (this.namespace != null) {
			json.put("namespace", this.namespace);
		}
		return json;
	}

}
