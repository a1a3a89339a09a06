// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a provider notes about its answer, for example a source of it. Positions in it
 * count from the beginning of the text that the provider's endpoint wrote. Two notes that
 * say the same are equal, wherever they came. {@code toString()} shows the type only.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class Annotation {

	private final String type;

	private final @Nullable String url;

	private final @Nullable String title;

	private final String json;

	/** {@code null} unless the note came with an answer. */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	private final @Nullable Integer after;

	/**
	 * @param type the kind of note, for example {@code url_citation}
	 * @param url the address that it points to, {@code null} if there is none
	 * @param title title of what it points to, {@code null} if there is none
	 * @param json the whole note as a JSON object, as the provider wrote it
	 */
	public Annotation(String type, @Nullable String url, @Nullable String title, String json) {
		this(type, url, title, json, null);
	}

	@JsonCreator
	private Annotation(@JsonProperty("type") String type, @JsonProperty("url") @Nullable String url,
			@JsonProperty("title") @Nullable String title, @JsonProperty("json") String json,
			@JsonProperty("after") @Nullable Integer after) {
		this.type = type;
		this.url = url;
		this.title = title;
		this.json = json;
		this.after = after;
	}

	/**
	 * The same note at a place of an answer.
	 * @param after how much of the whole text came before it, in characters
	 */
	public Annotation after(int after) {
		return new Annotation(this.type, this.url, this.title, this.json, after);
	}

	/** The kind of note, for example {@code url_citation}. */
	public String type() {
		return this.type;
	}

	/** The address that it points to, {@code null} if there is none. */
	public @Nullable String url() {
		return this.url;
	}

	/** Title of what it points to, {@code null} if there is none. */
	public @Nullable String title() {
		return this.title;
	}

	/** The whole note as a JSON object, as the provider wrote it. */
	public String json() {
		return this.json;
	}

	/**
	 * How much of the whole text of the answer came before the note, in characters. This
	 * tells to which part of the answer it belongs. {@code null} if that is not known.
	 */
	public @Nullable Integer after() {
		return this.after;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Annotation annotation && this.type.equals(annotation.type)
				&& Objects.equals(this.url, annotation.url) && Objects.equals(this.title, annotation.title)
				&& this.json.equals(annotation.json);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.type, this.url, this.title, this.json);
	}

	@Override
	public String toString() {
		return "Annotation[" + this.type + "]";
	}

}
