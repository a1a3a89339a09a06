// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.fallbackai.client.http.wire.ServerEvent;

/**
 * What {@link SseDecoder} promises, written down as simply as possible: the whole stream
 * at once, line by line. Bytes are characters until an event is made.
 */
final class SseReference {

	private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

	private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

	private final List<ServerEvent> events = new ArrayList<>();

	private final List<String> data = new ArrayList<>();

	private String type = "";

	private boolean apart;

	private SseReference() {
	}

	/** The events of a stream. */
	static List<ServerEvent> events(byte[] stream) {
		SseReference reference = new SseReference();
		String[] lines = LINE_END.split(new String(stream, StandardCharsets.ISO_8859_1), -1);
		// What follows the last line end is no line yet.
		for (int index = 0; index < lines.length - 1; index++) {
			reference.line((index == 0) ? withoutMarks(lines[0]) : lines[index]);
		}
		return reference.events;
	}

	private static String withoutMarks(String line) {
		return line.startsWith(BYTE_ORDER_MARK) ? withoutMarks(line.substring(BYTE_ORDER_MARK.length())) : line;
	}

	private void line(String line) {
		if (line.isEmpty()) {
			dispatch();
			return;
		}
		int colon = line.indexOf(':');
		String field = (colon < 0) ? line : line.substring(0, colon);
		String value = (colon < 0) ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
		boolean json = line.startsWith("{") || line.startsWith("[");
		if (json || field.equals("error")) {
			if (!this.data.isEmpty()) {
				dispatch();
			}
			this.apart = true;
			this.type = json ? this.type : "error";
			this.data.add(json ? line : value);
		}
		else if (field.equals("data") || field.equals("event")) {
			if (this.apart) {
				dispatch();
			}
			if (field.equals("data")) {
				this.data.add(value);
			}
			else {
				this.type = value;
			}
		}
		else if (this.apart && colon != 0) {
			this.data.add(line);
		}
	}

	private void dispatch() {
		if (!this.data.isEmpty()) {
			this.events.add(new ServerEvent(utf8(this.type.isEmpty() ? ServerEvent.MESSAGE : this.type),
					utf8(String.join("\n", this.data))));
		}
		this.data.clear();
		this.type = "";
		this.apart = false;
	}

	private static String utf8(String bytes) {
		return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
	}

}
