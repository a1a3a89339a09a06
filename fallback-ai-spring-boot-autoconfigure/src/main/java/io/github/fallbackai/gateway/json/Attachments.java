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

	/** Four characters stand for three bytes. */
	private static final int QUARTET = 4;

	private static final int MOST_PADDING = 2;

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
			String base64 = file.base64();
			if (!file.embedded()) {
				requireShort(url);
			}
			else if (base64 != null && !isWhole(base64)) {
				throw url.invalid("a data: URL in base64");
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

	/**
	 * Whether all bytes are there. Some endpoints get a text instead of the file, so it
	 * is read here.
	 */
	private static boolean isWhole(String base64) {
		int end = base64.length();
		while (end > 0 && base64.charAt(end - 1) == '=') {
			end--;
		}
		int padding = base64.length() - end;
		boolean even = padding == 0 || (padding <= MOST_PADDING && base64.length() % QUARTET == 0);
		return even && end % QUARTET != 1 && base64.substring(0, end).chars().allMatch(Attachments::isOfBase64);
	}

	/** Those of both alphabets. */
	private static boolean isOfBase64(int next) {
		return (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || (next >= '0' && next <= '9')
				|| next == '+' || next == '/' || next == '-' || next == '_';
	}

	private static void requireShort(RequestField url) {
		if (url.text().length() > LONGEST_LINK) {
			throw url.invalid("a URL of at most " + LONGEST_LINK + " characters");
		}
	}

}
