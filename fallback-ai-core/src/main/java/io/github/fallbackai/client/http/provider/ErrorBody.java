// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.nio.charset.StandardCharsets;

/**
 * The body of an error. Servers that stream sometimes write it as an event.
 */
final class ErrorBody {

	/** No server writes an error of that length as an event. */
	private static final int LONGEST = 1 << 20;

	private ErrorBody() {
	}

	/** The data of the first event that has any; a body without events as it is. */
	static byte[] unwrap(byte[] body) {
		if (body.length > LONGEST) {
			return body;
		}
		StringBuilder data = new StringBuilder();
		Iterable<String> lines = () -> new String(body, StandardCharsets.UTF_8).lines().iterator();
		for (String each : lines) {
			String line = each.strip();
			if (line.isEmpty() && !data.isEmpty()) {
				break;
			}
			if (line.startsWith("data:")) {
				data.append(line, "data:".length(), line.length()).append('\n');
			}
			else if (!line.isEmpty() && !isOtherField(line)) {
				return body;
			}
		}
		return data.isEmpty() ? body : data.toString().getBytes(StandardCharsets.UTF_8);
	}

	private static boolean isOtherField(String line) {
		return line.startsWith(":") || line.startsWith("event:") || line.startsWith("id:") || line.startsWith("retry:");
	}

}
