// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Finds parameters in a request's body: by a name at its top, or by the name of an object
 * there, a dot, and a name within.
 */
final class BodyPath {

	private BodyPath() {
	}

	/** The value, a missing node if there is none. */
	static JsonNode of(ObjectNode body, String path) {
		int dot = path.indexOf('.');
		return (dot < 0) ? body.path(path) : body.path(path.substring(0, dot)).path(path.substring(dot + 1));
	}

	/** Removes the value, and returns it, {@code null} if there is none. */
	static @Nullable JsonNode remove(ObjectNode body, String path) {
		int dot = path.indexOf('.');
		if (dot < 0) {
			return body.remove(path);
		}
		return (body.path(path.substring(0, dot)) instanceof ObjectNode holder) ? holder.remove(path.substring(dot + 1))
				: null;
	}

	/** Replaces a number that is there. */
	static void set(ObjectNode body, String path, long value) {
		int dot = path.indexOf('.');
		if (dot < 0) {
			body.put(path, value);
		}
		else if (body.path(path.substring(0, dot)) instanceof ObjectNode holder) {
			holder.put(path.substring(dot + 1), value);
		}
	}

}
