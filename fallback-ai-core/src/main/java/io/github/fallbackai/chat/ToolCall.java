package io.github.fallbackai.chat;

/**
 * A complete request of the model to run a tool.
 *
 * @param id the call's id within the conversation
 * @param name name of the tool
 * @param arguments the arguments as a JSON object
 */
public record ToolCall(String id, String name, String arguments) {

	@Override
	public String toString() {
		return "ToolCall[" + this.name + "]";
	}

}
