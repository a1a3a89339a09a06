package io.github.fallbackai.client.http.netty;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import io.github.fallbackai.client.http.wire.ServerEvent;

/**
 * Cuts a byte stream into server-sent events, however its buffers are cut, as the WHATWG
 * HTML standard describes in "Server-sent events". Looks at every byte once. Fields other
 * than {@code event} and {@code data} are ignored: this client neither reconnects nor
 * resumes by id.
 *
 * <p>
 * Two things that are no server-sent events are read nevertheless, because servers report
 * their errors by them: a field called {@code error}, and JSON in lines of its own. Each
 * is an event whose data end before the next field. Belongs to one response.
 */
final class SseDecoder {

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	private static final byte[] DATA = { 'd', 'a', 't', 'a' };

	private static final byte[] EVENT = { 'e', 'v', 'e', 'n', 't' };

	private static final byte[] ERROR = { 'e', 'r', 'r', 'o', 'r' };

	private static final byte[] LINE_FEED = { '\n' };

	/** The beginning of a line whose end has not arrived. */
	private final ByteAccumulator line;

	private final ByteAccumulator data;

	private String type = "";

	private boolean hasData;

	/** Whether the data are no field's, and end before the next field. */
	private boolean apart;

	private boolean firstLine = true;

	private boolean skipLineFeed;

	/**
	 * Creates a decoder.
	 * @param maxEventBytes most bytes of one line, and of one event's data
	 */
	SseDecoder(int maxEventBytes) {
		this.line = new ByteAccumulator("line", maxEventBytes);
		this.data = new ByteAccumulator("event", maxEventBytes);
	}

	/**
	 * Takes in more of the stream.
	 * @param bytes the bytes
	 * @param length how many of them count
	 * @param events receives each event that is complete
	 * @throws ResponseTooLargeException if a line or an event exceeds the limit
	 */
	void decode(byte[] bytes, int length, Consumer<ServerEvent> events) {
		int start = 0;
		if (this.skipLineFeed && length > 0) {
			this.skipLineFeed = false;
			start = (bytes[0] == '\n') ? 1 : 0;
		}
		for (int i = start; i < length; i++) {
			byte value = bytes[i];
			if (value != '\n' && value != '\r') {
				continue;
			}
			endLine(bytes, start, i, events);
			if (value == '\r') {
				// The line ends here and now; a line feed that follows, if need be in the
				// next buffer, belongs to it.
				if (i + 1 == length) {
					this.skipLineFeed = true;
				}
				else if (bytes[i + 1] == '\n') {
					i++;
				}
			}
			start = i + 1;
		}
		this.line.append(bytes, start, length);
	}

	private void endLine(byte[] bytes, int from, int to, Consumer<ServerEvent> events) {
		if (this.line.size() == 0) {
			readLine(bytes, from, to, events);
			return;
		}
		this.line.append(bytes, from, to);
		readLine(this.line.array(), 0, this.line.size(), events);
		this.line.clear();
	}

	private void readLine(byte[] bytes, int from, int to, Consumer<ServerEvent> events) {
		int start = from;
		if (this.firstLine) {
			this.firstLine = false;
			// Two of them if something on the way added its own.
			while (startsWith(BYTE_ORDER_MARK, bytes, start, to)) {
				start += BYTE_ORDER_MARK.length;
			}
		}
		if (start == to) {
			dispatch(events);
		}
		else if (isField(DATA, bytes, start, to)) {
			endApart(events);
			appendData(bytes, valueStart(DATA, bytes, start, to), to);
		}
		else if (isField(ERROR, bytes, start, to)) {
			startApart(events);
			this.type = ServerEvent.ERROR;
			appendData(bytes, valueStart(ERROR, bytes, start, to), to);
		}
		else if (bytes[start] == '{' || bytes[start] == '[') {
			startApart(events);
			appendData(bytes, start, to);
		}
		else if (isField(EVENT, bytes, start, to)) {
			endApart(events);
			int value = valueStart(EVENT, bytes, start, to);
			this.type = new String(bytes, value, to - value, StandardCharsets.UTF_8);
		}
		else if (this.apart && bytes[start] != ':') {
			// JSON over several lines, all but the first of which are indented.
			appendData(bytes, start, to);
		}
	}

	private void startApart(Consumer<ServerEvent> events) {
		if (this.hasData) {
			dispatch(events);
		}
		this.apart = true;
	}

	private void endApart(Consumer<ServerEvent> events) {
		if (this.apart) {
			dispatch(events);
		}
	}

	private void appendData(byte[] bytes, int from, int to) {
		if (this.hasData) {
			this.data.append(LINE_FEED, 0, 1);
		}
		this.data.append(bytes, from, to);
		this.hasData = true;
	}

	private void dispatch(Consumer<ServerEvent> events) {
		if (this.hasData) {
			events.accept(new ServerEvent(this.type.isEmpty() ? ServerEvent.MESSAGE : this.type, this.data.text()));
			this.data.clear();
			this.hasData = false;
		}
		this.apart = false;
		this.type = "";
	}

	private static boolean isField(byte[] name, byte[] bytes, int from, int to) {
		int end = from + name.length;
		return startsWith(name, bytes, from, to) && (end == to || bytes[end] == ':');
	}

	/** One space after the colon belongs to the syntax, further ones to the value. */
	private static int valueStart(byte[] name, byte[] bytes, int from, int to) {
		int start = Math.min(from + name.length + 1, to);
		return (start < to && bytes[start] == ' ') ? start + 1 : start;
	}

	private static boolean startsWith(byte[] prefix, byte[] bytes, int from, int to) {
		if (to - from < prefix.length) {
			return false;
		}
		for (int i = 0; i < prefix.length; i++) {
			if (bytes[from + i] != prefix[i]) {
				return false;
			}
		}
		return true;
	}

}
