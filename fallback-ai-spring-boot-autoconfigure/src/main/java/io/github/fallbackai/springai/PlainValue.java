// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One value in a form that JSON has, and back. Bytes become a map with one special name.
 * A map that has such a name itself is wrapped, so that it stays what it is.
 */
final class PlainValue {

	private static final String BYTES = "@bytes";

	private static final String MAP = "@map";

	private static final int DEEPEST = 20;

	private static final int MOST = 10_000;

	private int count;

	private PlainValue() {
	}

	/**
	 * The form that JSON has.
	 * @param value the value
	 * @return the form, {@code null} if there is none, or if the value is too large
	 */
	static @Nullable Object of(Object value) {
		try {
			return new PlainValue().plain(value, 0);
		}
		catch (NoPlainFormException ex) {
			return null;
		}
	}

	private @Nullable Object plain(@Nullable Object value, int depth) {
		if (++this.count > MOST || depth > DEEPEST) {
			throw new NoPlainFormException();
		}
		if (value == null || value instanceof String || value instanceof Number || value instanceof Boolean) {
			return value;
		}
		if (value instanceof byte[] bytes) {
			return Map.of(BYTES, Base64.getEncoder().encodeToString(bytes));
		}
		if (value instanceof List<?> list) {
			List<@Nullable Object> plain = new ArrayList<>();
			list.forEach((element) -> plain.add(plain(element, depth + 1)));
			return plain;
		}
		if (value instanceof Map<?, ?> map) {
			Map<String, @Nullable Object> plain = new LinkedHashMap<>();
			map.forEach((name, member) -> plain.put(name(name), plain(member, depth + 1)));
			return special(plain) ? Map.of(MAP, plain) : plain;
		}
		throw new NoPlainFormException();
	}

	private static String name(@Nullable Object name) {
		if (name instanceof String text) {
			return text;
		}
		throw new NoPlainFormException();
	}

	private static boolean special(Map<?, ?> map) {
		return map.containsKey(BYTES) || map.containsKey(MAP);
	}

	/**
	 * The value that a form stands for.
	 * @param plain the form
	 * @return the value
	 * @throws IllegalArgumentException if it was not written by this class
	 */
	static @Nullable Object restored(@Nullable Object plain) {
		if (plain instanceof List<?> list) {
			List<@Nullable Object> restored = new ArrayList<>();
			list.forEach((element) -> restored.add(restored(element)));
			return restored;
		}
		if (!(plain instanceof Map<?, ?> map)) {
			return plain;
		}
		if (map.get(BYTES) instanceof String bytes) {
			return Base64.getDecoder().decode(bytes);
		}
		Map<?, ?> members = (map.get(MAP) instanceof Map<?, ?> wrapped) ? wrapped : map;
		Map<String, @Nullable Object> restored = new LinkedHashMap<>();
		members.forEach((name, member) -> restored.put((String) name, restored(member)));
		return restored;
	}

	/**
	 * A value for which JSON has no form, or which is too large.
	 */
	private static final class NoPlainFormException extends RuntimeException {

		NoPlainFormException() {
			super(null, null, false, false);
		}

	}

}
