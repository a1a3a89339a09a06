package io.github.fallbackai.chat;

/**
 * A tool that the model may call.
 *
 * @param name unique name
 * @param description what it does, for the model
 * @param parametersSchema JSON schema of its arguments, a JSON object
 */
public record ToolDefinition(String name, String description, String parametersSchema) {

}
