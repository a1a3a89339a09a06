// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.json;

import io.github.fallbackai.chat.FilePart;
import io.github.fallbackai.chat.ImagePart;
import org.jspecify.annotations.Nullable;

/**
 * Reads the images and files of a message.
 */
public final class Attachments {

	private static final int LONGEST_LINK = 16 * 1024;

	private Attachments() {
	}

	/** A file that many providers take, {@code null} for any other. */
	public static @Nullable FilePart pdf(RequestField data, RequestField name) {
		return (data.isText() && data.text().startsWith("data:" + FilePart.PDF)) ? file(data, name) : null;
	}

	/** A file of any type. */
	public static FilePart file(RequestField url, RequestField name) {
		try {
			FilePart file = FilePart.at(url.text());
			if (!file.embedded()) {
				requireShort(url);
			}
			return file.withName(name.absent() ? null : name.text());
		}
		catch (IllegalArgumentException ex) {
			throw url.invalid("a data: URL in base64");
		}
	}

	/** An image. */
	public static ImagePart image(RequestField url) {
		try {
			ImagePart image = ImagePart.at(url.text());
			if (image.embedded() && image.base64() == null) {
				throw url.invalid("a data: URL in base64");
			}
			if (!image.embedded()) {
				requireShort(url);
			}
			return image;
		}
		catch (IllegalArgumentException ex) {
			throw url.invalid("an https:, http: or data: URL");
		}
	}

	private static void requireShort(RequestField url) {
		if (url.text().length() > LONGEST_LINK) {
			throw url.invalid("a URL of at most " + LONGEST_LINK + " characters");
		}
	}

}
