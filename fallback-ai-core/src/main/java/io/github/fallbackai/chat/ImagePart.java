// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.net.URI;
import java.util.Base64;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An image within a message: an address that the provider fetches, or a {@code data:} URI
 * with the bytes. This library never fetches the address itself.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
@JsonInclude(JsonInclude.Include.NON_NULL)
public final class ImagePart implements ContentPart {

	private final PartAddress uri;

	private final @Nullable CacheControl cacheControl;

	private final @Nullable String detail;

	/**
	 * @param uri an {@code https:}, {@code http:} or base64 {@code data:} URI
	 */
	public ImagePart(URI uri) {
		this(PartAddress.of("image", uri), null, null);
	}

	@JsonCreator
	private ImagePart(@JsonProperty("uri") PartAddress uri,
			@JsonProperty("cacheControl") @Nullable CacheControl cacheControl,
			@JsonProperty("detail") @Nullable String detail) {
		this.uri = uri;
		this.cacheControl = cacheControl;
		this.detail = detail;
	}

	/**
	 * An image from the text of its URI. For an embedded image this takes much less time
	 * than a {@link URI} of it.
	 * @param address an {@code https:}, {@code http:} or base64 {@code data:} URI
	 * @return the part
	 * @throws IllegalArgumentException if it is no such URI
	 */
	public static ImagePart at(String address) {
		return new ImagePart(PartAddress.of("image", address), null, null);
	}

	/** An {@code https:}, {@code http:} or base64 {@code data:} URI. */
	public URI uri() {
		return this.uri.uri();
	}

	/** The URI as a text. */
	public String address() {
		return this.uri.text();
	}

	/**
	 * Embeds an image.
	 * @param mediaType the type, for example {@code image/png}
	 * @param bytes the encoded image
	 * @return the part
	 */
	public static ImagePart of(String mediaType, byte[] bytes) {
		return at("data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(bytes));
	}

	/** Whether the bytes travel within the request. */
	public boolean embedded() {
		return this.uri.embedded();
	}

	/**
	 * The type of an embedded image, for example {@code image/png}; {@code null} of a
	 * link, and if the bytes are not in base64.
	 */
	public @Nullable String mediaType() {
		String description = embedded() ? this.uri.description() : "";
		return description.isEmpty() ? null : description.substring(0, description.indexOf(';'));
	}

	/** The bytes in base64, {@code null} of a link, and if they are not in base64. */
	public @Nullable String base64() {
		return (mediaType() != null) ? this.uri.base64() : null;
	}

	/**
	 * How closely the model is to look, in the words of OpenAI's APIs; {@code null} if
	 * the provider decides.
	 */
	public @Nullable String detail() {
		return this.detail;
	}

	/**
	 * The same image, looked at more or less closely, which changes what it costs.
	 * Endpoints that are not asked by one of OpenAI's APIs get it without that. The API
	 * of chat completions knows no {@code original} and gets {@code high} instead.
	 * @param detail for example {@code low}, {@code high} or {@code original},
	 * {@code null} if the provider decides
	 * @return the part
	 * @see <a href= "https://platform.openai.com/docs/guides/images-vision">OpenAI:
	 * images and vision</a>
	 */
	public ImagePart withDetail(@Nullable String detail) {
		return new ImagePart(this.uri, this.cacheControl, detail);
	}

	@Override
	public @Nullable CacheControl cacheControl() {
		return this.cacheControl;
	}

	@Override
	public ImagePart withCacheControl(@Nullable CacheControl cacheControl) {
		return new ImagePart(this.uri, cacheControl, this.detail);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ImagePart imagePart && this.uri.equals(imagePart.uri)
				&& Objects.equals(this.cacheControl, imagePart.cacheControl)
				&& Objects.equals(this.detail, imagePart.detail);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.uri, this.cacheControl, this.detail);
	}

	@Override
	public String toString() {
		return "ImagePart[" + this.uri + "]";
	}

}
