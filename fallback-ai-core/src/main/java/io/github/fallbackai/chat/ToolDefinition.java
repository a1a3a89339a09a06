package io.github.fallbackai.chat;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A tool that the model may call.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class ToolDefinition {

	private final String name;

	private final String description;

	private final String parametersSchema;

	/**
	 * @param name unique name
	 * @param description what it does, for the model
	 * @param parametersSchema JSON schema of its arguments, a JSON object
	 */
	@JsonCreator
	public ToolDefinition(@JsonProperty("name") String name, @JsonProperty("description") String description,
			@JsonProperty("parametersSchema") String parametersSchema) {
		this.name = name;
		this.description = description;
		this.parametersSchema = parametersSchema;
	}

	/** Unique name. */
	public String name() {
		return this.name;
	}

	/** What it does, for the model. */
	public String description() {
		return this.description;
	}

	/** JSON schema of its arguments, a JSON object. */
	public String parametersSchema() {
		return this.parametersSchema;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ToolDefinition toolDefinition && this.name.equals(toolDefinition.name)
				&& this.description.equals(toolDefinition.description)
				&& this.parametersSchema.equals(toolDefinition.parametersSchema);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.name, this.description, this.parametersSchema);
	}

	@Override
	public String toString() {
		return "ToolDefinition[name=" + this.name + ", description=" + this.description + ", parametersSchema="
				+ this.parametersSchema + "]";
	}

}
