// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.face;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What of a request an endpoint does not get, by the API of the endpoint. Belongs to one
 * request.
 */
public final class Omissions {

	/** A client may send any number of members that are not known. */
	private static final int MOST = 40;

	private static final int LONGEST = 60;

	/** Stands for all names that are too many. */
	private static final String MORE = "...";

	private final Map<String, Set<ApiKind>> readers = new LinkedHashMap<>();

	/** No endpoint gets it. */
	public void add(String name) {
		onlyFor(name, EnumSet.noneOf(ApiKind.class));
	}

	/**
	 * Only some endpoints get it.
	 * @param name what it is
	 * @param readers who gets it
	 */
	public void onlyFor(String name, Set<ApiKind> readers) {
		if (this.readers.size() < MOST) {
			// The same name may stand for several parts of the request.
			this.readers.computeIfAbsent(printable(name), (first) -> EnumSet.allOf(ApiKind.class)).retainAll(readers);
		}
		else {
			this.readers.put(MORE, EnumSet.noneOf(ApiKind.class));
		}
	}

	/** Endpoints of one API do not get it. */
	public void butFor(String name, ApiKind kind) {
		onlyFor(name, EnumSet.complementOf(EnumSet.of(kind)));
	}

	/** What endpoints do not get that are asked by this API. */
	public Set<String> of(ApiKind kind) {
		Set<String> names = new LinkedHashSet<>();
		this.readers.forEach((name, readers) -> {
			if (!readers.contains(kind)) {
				names.add(name);
			}
		});
		return names;
	}

	/** A name that a header may have. */
	public static String printable(String name) {
		StringBuilder printable = new StringBuilder();
		name.chars()
			.limit(LONGEST)
			.forEach((next) -> printable.append((next > ' ' && next < 127 && next != ',') ? (char) next : '?'));
		return printable.toString();
	}

}
