// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A tool that the model may call.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
@JsonInclude(JsonInclude.Include.NON_NULL)
public final class ToolDefinition {

	private final String name;

	private final String description;

	private final String parametersSchema;

	private final @Nullable CacheControl cacheControl;

	/**
	 * @param name unique name
	 * @param description what it does, for the model
	 * @param parametersSchema JSON schema of its arguments, a JSON object
	 */
	public ToolDefinition(String name, String description, String parametersSchema) {
		this(name, description, parametersSchema, null);
	}

	@JsonCreator
	private ToolDefinition(@JsonProperty("name") String name, @JsonProperty("description") String description,
			@JsonProperty("parametersSchema") String parametersSchema,
			@JsonProperty("cacheControl") @Nullable CacheControl cacheControl) {
		this.name = name;
		this.description = description;
		this.parametersSchema = parametersSchema;
		this.cacheControl = cacheControl;
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

	/** The mark that asks the provider to keep the tools up to here, or {@code null}. */
	public @Nullable CacheControl cacheControl() {
		return this.cacheControl;
	}

	/** The same tool with a mark. */
	public ToolDefinition withCacheControl(@Nullable CacheControl cacheControl) {
		return new ToolDefinition(this.name, this.description, this.parametersSchema, cacheControl);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ToolDefinition toolDefinition && this.name.equals(toolDefinition.name)
				&& this.description.equals(toolDefinition.description)
				&& this.parametersSchema.equals(toolDefinition.parametersSchema)
				&& Objects.equals(this.cacheControl, toolDefinition.cacheControl);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.name, this.description, this.parametersSchema, this.cacheControl);
	}

	@Override
	public String toString() {
		return "ToolDefinition[name=" + this.name + ", description=" + this.description + ", parametersSchema="
				+ this.parametersSchema + "]";
	}

}
