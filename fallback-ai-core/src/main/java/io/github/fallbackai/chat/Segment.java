// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The part of an answer's text that one endpoint wrote.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class Segment {

	private final String endpoint;

	private final String model;

	private final int length;

	/**
	 * @param endpoint name of the endpoint
	 * @param model the model as the provider named it
	 * @param length number of characters of the text it wrote
	 */
	@JsonCreator
	public Segment(@JsonProperty("endpoint") String endpoint, @JsonProperty("model") String model,
			@JsonProperty("length") int length) {
		this.endpoint = endpoint;
		this.model = model;
		this.length = length;
	}

	/** Name of the endpoint. */
	public String endpoint() {
		return this.endpoint;
	}

	/** The model as the provider named it. */
	public String model() {
		return this.model;
	}

	/** Number of characters of the text it wrote. */
	public int length() {
		return this.length;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Segment segment && this.endpoint.equals(segment.endpoint)
				&& this.model.equals(segment.model) && this.length == segment.length;
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.endpoint, this.model, this.length);
	}

	@Override
	public String toString() {
		return "Segment[endpoint=" + this.endpoint + ", model=" + this.model + ", length=" + this.length + "]";
	}

}
