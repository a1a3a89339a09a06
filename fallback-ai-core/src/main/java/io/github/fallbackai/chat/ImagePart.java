package io.github.fallbackai.chat;

import java.net.URI;
import java.util.Base64;

/**
 * An image within a message: an address that the provider fetches, or a {@code data:} URI
 * with the bytes. This library never fetches the address itself.
 *
 * @param uri an {@code https:}, {@code http:} or base64 {@code data:} URI
 */
public record ImagePart(URI uri) implements ContentPart {

	public ImagePart {
		String scheme = String.valueOf(uri.getScheme());
		if (!scheme.equals("https") && !scheme.equals("http") && !scheme.equals("data")) {
			throw new IllegalArgumentException("image scheme: " + scheme + " (expected: https, http or data)");
		}
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
	public String toString() {
		return "ImagePart[" + (embedded() ? "embedded" : "linked") + "]";
	}

}
