package io.github.fallbackai.client.http.provider;

import io.github.fallbackai.chat.ImagePart;

/**
 * The parts of a base64 {@code data:} URI, for providers that take them separately (RFC
 * 2397).
 *
 * @param mediaType the type, for example {@code image/png}
 * @param base64 the image
 */
public record EmbeddedImage(String mediaType, String base64) {

	/**
	 * Splits an image's URI.
	 * @param image an embedded image
	 * @return its parts
	 * @throws IllegalArgumentException if the image is not embedded in base64
	 */
	public static EmbeddedImage of(ImagePart image) {
		String content = image.uri().getRawSchemeSpecificPart();
		int comma = content.indexOf(',');
		String description = (comma < 0) ? "" : content.substring(0, comma);
		if (!image.embedded() || !description.endsWith(";base64")) {
			throw new IllegalArgumentException("image: not embedded in base64");
		}
		int parameters = description.indexOf(';');
		return new EmbeddedImage(description.substring(0, parameters), content.substring(comma + 1));
	}

	@Override
	public String toString() {
		return "EmbeddedImage[" + this.mediaType + ", " + this.base64.length() + " characters]";
	}

}
