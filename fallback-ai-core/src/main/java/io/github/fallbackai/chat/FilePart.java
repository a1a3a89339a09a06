// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.net.URI;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A file within a message, such as a PDF: a link that the provider fetches, or the bytes
 * themselves. Not every provider takes every file. Endpoints that cannot take it are
 * skipped as {@code UNSUPPORTED_REQUEST}.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
@JsonInclude(JsonInclude.Include.NON_NULL)
public final class FilePart implements ContentPart {

	/** The media type that most providers take. */
	public static final String PDF = "application/pdf";

	private static final Map<String, String> MEDIA_TYPES = Map.of("pdf", PDF, "txt", "text/plain", "md",
			"text/markdown", "csv", "text/csv", "html", "text/html", "xml", "text/xml", "json", "application/json");

	private final PartAddress uri;

	private final @Nullable String name;

	private final @Nullable CacheControl cacheControl;

	/**
	 * A file without a name of its own.
	 * @param uri an {@code https:}, {@code http:} or base64 {@code data:} URI with a
	 * media type
	 */
	public FilePart(URI uri) {
		this(PartAddress.of("file", uri), null, null);
	}

	@JsonCreator
	private FilePart(@JsonProperty("uri") PartAddress uri, @JsonProperty("name") @Nullable String name,
			@JsonProperty("cacheControl") @Nullable CacheControl cacheControl) {
		this.uri = uri;
		this.name = name;
		this.cacheControl = cacheControl;
		if (embedded() && this.uri.description().indexOf(';') <= 0) {
			throw new IllegalArgumentException("file: data without a media type, or not in base64");
		}
	}

	/**
	 * A file from the text of its URI. For an embedded file this takes much less time
	 * than a {@link URI} of it.
	 * @param address an {@code https:}, {@code http:} or base64 {@code data:} URI with a
	 * media type
	 * @return the part
	 * @throws IllegalArgumentException if it is no such URI
	 */
	public static FilePart at(String address) {
		return new FilePart(PartAddress.of("file", address), null, null);
	}

	/**
	 * Embeds a file.
	 * @param mediaType the type, for example {@code application/pdf}
	 * @param bytes the content
	 * @param name the file's name
	 * @return the part
	 */
	public static FilePart of(String mediaType, byte[] bytes, String name) {
		String content = Base64.getEncoder().encodeToString(bytes);
		return at("data:" + mediaType + ";base64," + content).withName(name);
	}

	/** An {@code https:}, {@code http:} or base64 {@code data:} URI. */
	public URI uri() {
		return this.uri.uri();
	}

	/** The URI as a text. */
	public String address() {
		return this.uri.text();
	}

	/** Whether the bytes travel within the request. */
	public boolean embedded() {
		return this.uri.embedded();
	}

	/** The file's name, {@code null} if it has none. */
	public @Nullable String name() {
		return this.name;
	}

	/** The same file with a name. */
	public FilePart withName(@Nullable String name) {
		return new FilePart(this.uri, name, this.cacheControl);
	}

	/**
	 * The type of the file, for example {@code application/pdf}. That of a link follows
	 * from its last letters; it is {@code null} if these say nothing.
	 */
	public @Nullable String mediaType() {
		if (embedded()) {
			return this.uri.description().substring(0, this.uri.description().indexOf(';'));
		}
		String path = String.valueOf(uri().getPath()).toLowerCase(Locale.ROOT);
		return MEDIA_TYPES.get(path.substring(path.lastIndexOf('.') + 1));
	}

	/** The bytes in base64, {@code null} if the file is a link. */
	public @Nullable String base64() {
		return embedded() ? this.uri.base64() : null;
	}

	@Override
	public @Nullable CacheControl cacheControl() {
		return this.cacheControl;
	}

	@Override
	public FilePart withCacheControl(@Nullable CacheControl cacheControl) {
		return new FilePart(this.uri, this.name, cacheControl);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof FilePart filePart && this.uri.equals(filePart.uri)
				&& Objects.equals(this.name, filePart.name) && Objects.equals(this.cacheControl, filePart.cacheControl);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.uri, this.name, this.cacheControl);
	}

	@Override
	public String toString() {
		return "FilePart[" + this.uri + "]";
	}

}
