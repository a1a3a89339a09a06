// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ids of tool calls that every server takes: nine letters and digits. Mistral's models
 * take only these, and they fit the rules of all others.
 */
public final class PlainId {

	private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]{9}");

	private static final int LENGTH = 9;

	private static final int ALPHANUMERIC_LOWER_CASE = 36;

	private PlainId() {
	}

	/**
	 * Whether every server takes an id.
	 * @param id the id
	 */
	public static boolean is(String id) {
		return PLAIN.matcher(id).matches();
	}

	/**
	 * Makes an id plain.
	 * @param id any id
	 * @return always the same for the same id, so that calls and results still match,
	 * also in later turns; a plain id is not changed
	 */
	public static String of(String id) {
		return is(id) ? id : hash(id).substring(0, LENGTH);
	}

	/**
	 * An id that is neither empty nor too long.
	 * @param id any id
	 * @param length the most characters that it may have
	 * @return always the same for the same id
	 */
	public static String bounded(String id, int length) {
		return (id.isEmpty() || id.length() > length) ? "call_" + hash(id) : id;
	}

	/**
	 * A long id for a longer one.
	 * @param id any id
	 * @return lower-case letters and digits, always the same for the same id
	 */
	public static String hash(String id) {
		String hex = UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
		return new BigInteger(1 + hex, 16).toString(ALPHANUMERIC_LOWER_CASE);
	}

}
