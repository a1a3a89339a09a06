// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Members of a message or of a part of it that only their maker understands, such as the
 * signature of its thoughts. They go back to endpoints of the same model group as they
 * came, and to no others. An application keeps them and never looks into them.
 * {@code toString()} hides them.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class ProviderState {

	private final @Nullable String modelGroup;

	private final String format;

	private final String json;

	/**
	 * @param modelGroup the model group that made it; {@code null} if that is not known,
	 * so that every endpoint that understands the format is tried
	 * @param format the wire format that it is written in, for example {@code anthropic}
	 * @param json the members as a JSON object
	 */
	@JsonCreator
	public ProviderState(@JsonProperty("modelGroup") @Nullable String modelGroup, @JsonProperty("format") String format,
			@JsonProperty("json") String json) {
		this.modelGroup = modelGroup;
		this.format = format;
		this.json = json;
	}

	/** The model group that made it, {@code null} if that is not known. */
	public @Nullable String modelGroup() {
		return this.modelGroup;
	}

	/** The wire format that it is written in. */
	public String format() {
		return this.format;
	}

	/** The members as a JSON object, in a form that only the format understands. */
	public String json() {
		return this.json;
	}

	/**
	 * Whether endpoints of a model group may want it back.
	 * @param modelGroup the model group of an endpoint
	 * @return {@code true} for the group that made it, and if its maker is not known
	 */
	public boolean belongsTo(String modelGroup) {
		return this.modelGroup == null || this.modelGroup.equals(modelGroup);
	}

	/**
	 * The same members, made by a model group.
	 * @param modelGroup the model group that made them
	 * @return the state
	 */
	public ProviderState madeBy(String modelGroup) {
		return modelGroup.equals(this.modelGroup) ? this : new ProviderState(modelGroup, this.format, this.json);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ProviderState state && Objects.equals(this.modelGroup, state.modelGroup)
				&& this.format.equals(state.format) && this.json.equals(state.json);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.modelGroup, this.format, this.json);
	}

	@Override
	public String toString() {
		return "ProviderState[" + this.modelGroup + ", " + this.format + "]";
	}

}
