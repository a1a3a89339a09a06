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

	private final URI uri;

	private final @Nullable CacheControl cacheControl;

	/**
	 * @param uri an {@code https:}, {@code http:} or base64 {@code data:} URI
	 */
	public ImagePart(URI uri) {
		this(uri, null);
	}

	@JsonCreator
	private ImagePart(@JsonProperty("uri") URI uri, @JsonProperty("cacheControl") @Nullable CacheControl cacheControl) {
		String scheme = String.valueOf(uri.getScheme());
		if (!scheme.equals("https") && !scheme.equals("http") && !scheme.equals("data")) {
			throw new IllegalArgumentException("image scheme: " + scheme + " (expected: https, http or data)");
		}
		this.uri = uri;
		this.cacheControl = cacheControl;
	}

	/** An {@code https:}, {@code http:} or base64 {@code data:} URI. */
	public URI uri() {
		return this.uri;
	}

	/**
	 * Embeds an image.
	 * @param mediaType the type, for example {@code image/png}
	 * @param bytes the encoded image
	 * @return the part
	 */
	public static ImagePart of(String mediaType, byte[] bytes) {
		return new ImagePart(URI.create("data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(bytes)));
	}

	/** Whether the bytes travel within the request. */
	public boolean embedded() {
		return "data".equals(this.uri.getScheme());
	}

	@Override
	public @Nullable CacheControl cacheControl() {
		return this.cacheControl;
	}

	@Override
	public ImagePart withCacheControl(@Nullable CacheControl cacheControl) {
		return new ImagePart(this.uri, cacheControl);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ImagePart imagePart && this.uri.equals(imagePart.uri)
				&& Objects.equals(this.cacheControl, imagePart.cacheControl);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.uri, this.cacheControl);
	}

	@Override
	public String toString() {
		return "ImagePart[" + (embedded() ? "embedded" : "linked") + "]";
	}

}
