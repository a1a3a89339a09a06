// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.ToolCall;
import io.github.fallbackai.gateway.json.GatewayJson;
import io.github.fallbackai.gateway.responses.names.ClientTool;

/**
 * A tool that the model calls. The call comes whole, so there is one delta.
 */
final class CallItem extends OpenItem {

	private final ToolCall call;

	private final ClientTool tool;

	private final String input;

	private boolean told;

	CallItem(Events events, String id, int place, ToolCall call, ClientTool tool) {
		super(events, id, place);
		this.call = call;
		this.tool = tool;
		this.input = tool.custom() ? CustomInput.unwrap(call.arguments()) : call.arguments();
	}

	@Override
	void endParts() {
		String type = this.tool.custom() ? "response.custom_tool_call_input." : "response.function_call_arguments.";
		tell(type + "delta", GatewayJson.object().put("delta", this.input));
		ObjectNode done = GatewayJson.object().put(member(), this.input);
		tell(type + "done", this.tool.custom() ? done : done.put("name", this.tool.name()));
		this.told = true;
	}

	private String member() {
		return this.tool.custom() ? "input" : "arguments";
	}

	@Override
	ObjectNode item(String status) {
		ObjectNode item = GatewayJson.object()
			.put("id", id())
			.put("type", this.tool.custom() ? "custom_tool_call" : "function_call")
			.put("status", status)
			.put("call_id", this.call.id())
			.put(member(), this.told ? this.input : "");
		return this.tool.addNames(item);
	}

}
