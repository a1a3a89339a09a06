package io.github.fallbackai.client.http.provider;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The body of an error. Servers that stream sometimes write it as an event.
 */
final class ErrorBody {

	private ErrorBody() {
	}

	/** The data of the first event that has any; a body without events as it is. */
	static byte[] unwrap(byte[] body) {
		String text = new String(body, StandardCharsets.UTF_8);
		List<String> lines = text.lines().map(String::strip).toList();
		StringBuilder data = new StringBuilder();
		for (String line : lines) {
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
