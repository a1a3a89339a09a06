// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.net.URI;
import java.net.URISyntaxException;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Where an attachment is: a link, or a {@code data:} URI with its bytes (RFC 2397). A
 * {@link URI} reads and copies each character several times, so the megabytes of an
 * embedded attachment become one only when it is asked for.
 */
final class PartAddress {

	private static final String DATA = "data:";

	private static final String BASE64 = ";base64";

	/** Before the comma stands a media type with a few parameters. */
	private static final int LONGEST_DESCRIPTION = 1000;

	private final String text;

	/** Written once more by a thread that does not see it yet, with an equal value. */
	private volatile @Nullable URI uri;

	private PartAddress(String text, @Nullable URI uri) {
		this.text = text;
		this.uri = uri;
	}

	/**
	 * @param kind what is there, for messages
	 * @param uri its address
	 */
	static PartAddress of(String kind, URI uri) {
		String scheme = String.valueOf(uri.getScheme());
		if (!scheme.equals("https") && !scheme.equals("http") && !scheme.equals("data")) {
			throw new IllegalArgumentException(kind + " scheme: " + scheme + " (expected: https, http or data)");
		}
		return new PartAddress(uri.toString(), uri);
	}

	@JsonCreator
	static PartAddress of(String text) {
		return of("part", text);
	}

	static PartAddress of(String kind, String text) {
		int comma = text.startsWith(DATA) ? text.indexOf(',') : -1;
		if (comma < 0 || comma > LONGEST_DESCRIPTION || !text.startsWith(BASE64, comma - BASE64.length())
				|| !isBase64(text, comma + 1)) {
			return of(kind, parsed(kind, text));
		}
		parsed(kind, text.substring(0, comma + 1));
		return new PartAddress(text, null);
	}

	/** The usual exceptions quote the text, which may be what a caller has to say. */
	private static URI parsed(String kind, String text) {
		try {
			return new URI(text);
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException(kind + ": no URI (" + ex.getReason() + ")");
		}
	}

	/** Whether no character needs a closer look. */
	private static boolean isBase64(String text, int start) {
		for (int index = start; index < text.length(); index++) {
			char next = text.charAt(index);
			boolean letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
			if (!letter && !(next >= '/' && next <= '9') && next != '+' && next != '=' && next != '-' && next != '_') {
				return false;
			}
		}
		return true;
	}

	@JsonValue
	String text() {
		return this.text;
	}

	URI uri() {
		URI known = this.uri;
		if (known == null) {
			known = URI.create(this.text);
			this.uri = known;
		}
		return known;
	}

	boolean embedded() {
		return this.text.startsWith(DATA);
	}

	/** What stands before the bytes, empty if these are not in base64. */
	String description() {
		int comma = this.text.indexOf(',');
		return (comma > 0 && this.text.startsWith(BASE64, comma - BASE64.length()))
				? this.text.substring(DATA.length(), comma) : "";
	}

	/** The bytes. */
	String base64() {
		return this.text.substring(this.text.indexOf(',') + 1);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof PartAddress address && this.text.equals(address.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	@Override
	public String toString() {
		return embedded() ? "embedded" : "linked";
	}

}
