// SPDX-License-Identifier: Apache-2.0
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
		String mediaType = image.mediaType();
		String base64 = image.base64();
		if (mediaType == null || base64 == null) {
			throw new IllegalArgumentException("image: not embedded in base64");
		}
		return new EmbeddedImage(mediaType, base64);
	}

	@Override
	public String toString() {
		return "EmbeddedImage[" + this.mediaType + ", " + this.base64.length() + " characters]";
	}

}
