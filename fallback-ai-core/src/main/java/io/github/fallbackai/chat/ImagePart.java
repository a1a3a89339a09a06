package io.github.fallbackai.chat;

import java.net.URI;
import java.util.Base64;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An image within a message: an address that the provider fetches, or a {@code data:} URI
 * with the bytes. This library never fetches the address itself.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class ImagePart implements ContentPart {

	private final URI uri;

	/**
	 * @param uri an {@code https:}, {@code http:} or base64 {@code data:} URI
	 */
	@JsonCreator
	public ImagePart(@JsonProperty("uri") URI uri) {
		String scheme = String.valueOf(uri.getScheme());
		if (!scheme.equals("https") && !scheme.equals("http") && !scheme.equals("data")) {
			throw new IllegalArgumentException("image scheme: " + scheme + " (expected: https, http or data)");
		}
		this.uri = uri;
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
	public boolean equals(@Nullable Object other) {
		return other instanceof ImagePart imagePart && this.uri.equals(imagePart.uri);
	}

	@Override
	public int hashCode() {
		return this.uri.hashCode();
	}

	@Override
	public String toString() {
		return "ImagePart[" + (embedded() ? "embedded" : "linked") + "]";
	}

}
