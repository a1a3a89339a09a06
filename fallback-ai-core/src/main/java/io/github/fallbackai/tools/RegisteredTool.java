// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ToolDefinition;

/**
 * A tool with everything that is needed to run it.
 *
 * @param definition what the model knows of it
 * @param schema checks its arguments
 * @param function what it does
 * @param limits how long and how often it may run
 */
record RegisteredTool(ToolDefinition definition, ArgumentSchema schema, ToolFunction function, ToolLimits limits) {

	static RegisteredTool of(ToolDefinition definition, ToolFunction function, ToolLimits limits) {
		ObjectNode schema = ArgumentJson.object(definition.parametersSchema());
		if (schema == null) {
			throw new IllegalArgumentException(
					"parametersSchema of tool '" + definition.name() + "': no JSON object (expected: a JSON schema)");
		}
		return new RegisteredTool(definition, new ArgumentSchema(schema), function, limits);
	}

}
