// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

import io.github.fallbackai.client.http.wire.EventData;
import io.github.fallbackai.client.http.wire.ServerEvent;

/**
 * Cuts a byte stream into server-sent events, as the WHATWG HTML standard describes in
 * "Server-sent events", wherever its buffers are cut. It reads every byte once. It copies
 * only the bytes of an event that is in more than one buffer. Fields other than
 * {@code event} and {@code data} are ignored: this client neither reconnects nor resumes
 * by id.
 *
 * <p>
 * It also reads two things that are no server-sent events, because servers report errors
 * with them: a field called {@code error}, and JSON in lines of its own. Each is an event
 * whose data end before the next field. Belongs to one response.
 */
final class SseDecoder {

	private static final byte[] BYTE_ORDER_MARK = { (byte) 0xEF, (byte) 0xBB, (byte) 0xBF };

	private static final byte[] DATA = { 'd', 'a', 't', 'a' };

	private static final byte[] EVENT = { 'e', 'v', 'e', 'n', 't' };

	private static final byte[] ERROR = { 'e', 'r', 'r', 'o', 'r' };

	private static final byte[] LINE_FEED = { '\n' };

	private final EventSlice event = new EventSlice();

	/** The beginning of a line whose end has not arrived. */
	private final ByteAccumulator line;

	/** The event's data, unless it is a slice of the present buffer. */
	private final ByteAccumulator data;

	private final int maxEventBytes;

	private boolean hasData;

	private boolean inPlace;

	/** Whether the data belong to no field, and end before the next field. */
	private boolean apart;

	private boolean firstLine = true;

	private boolean skipLineFeed;

	/**
	 * Creates a decoder.
	 * @param maxEventBytes most bytes of one line, and of one event's data
	 */
	SseDecoder(int maxEventBytes) {
		this.maxEventBytes = maxEventBytes;
		this.line = new ByteAccumulator("line", maxEventBytes);
		this.data = new ByteAccumulator("event", maxEventBytes);
	}

	/**
	 * Takes in more of the stream.
	 * @param bytes array of the bytes
	 * @param from where they begin
	 * @param to where they end
	 * @param last receives each event that is complete, and says whether reading stops
	 * @return whether reading stopped, with bytes left or not
	 * @throws ResponseTooLargeException if a line or an event exceeds the limit
	 */
	boolean decode(byte[] bytes, int from, int to, Predicate<? super EventData> last) {
		int start = from;
		if (this.skipLineFeed && start < to) {
			this.skipLineFeed = false;
			start += (bytes[start] == '\n') ? 1 : 0;
		}
		for (int end = LineEnds.next(bytes, start, to); end < to; end = LineEnds.next(bytes, start, to)) {
			if (endLine(bytes, start, end, last)) {
				return true;
			}
			start = end + 1;
			if (bytes[end] == '\r') {
				// The line ends here. A line feed that follows, perhaps in the next
				// buffer, belongs to it.
				this.skipLineFeed = start == to;
				start += (start < to && bytes[start] == '\n') ? 1 : 0;
			}
		}
		this.line.append(bytes, start, to);
		keepData();
		return false;
	}

	private boolean endLine(byte[] bytes, int from, int to, Predicate<? super EventData> last) {
		if (this.line.size() == 0) {
			return readLine(bytes, from, to, last);
		}
		this.line.append(bytes, from, to);
		boolean stop = readLine(this.line.array(), 0, this.line.size(), last);
		keepData();
		this.line.clear();
		return stop;
	}

	private boolean readLine(byte[] bytes, int from, int to, Predicate<? super EventData> last) {
		int start = from;
		if (this.firstLine) {
			this.firstLine = false;
			// There may be two, if a proxy added one.
			while (startsWith(BYTE_ORDER_MARK, bytes, start, to)) {
				start += BYTE_ORDER_MARK.length;
			}
		}
		return (start == to) ? dispatch(last) : readField(bytes, start, to, last);
	}

	private boolean readField(byte[] bytes, int from, int to, Predicate<? super EventData> last) {
		boolean stop = false;
		if (isField(DATA, bytes, from, to)) {
			stop = this.apart && dispatch(last);
			addData(bytes, valueStart(DATA, bytes, from, to), to);
		}
		else if (isField(ERROR, bytes, from, to)) {
			stop = startApart(last);
			this.event.name(ERROR, 0, ERROR.length);
			addData(bytes, valueStart(ERROR, bytes, from, to), to);
		}
		else if (bytes[from] == '{' || bytes[from] == '[') {
			stop = startApart(last);
			addData(bytes, from, to);
		}
		else if (isField(EVENT, bytes, from, to)) {
			stop = this.apart && dispatch(last);
			this.event.name(bytes, valueStart(EVENT, bytes, from, to), to);
		}
		else if (this.apart && bytes[from] != ':') {
			// JSON over several lines; all lines except the first are indented.
			addData(bytes, from, to);
		}
		return stop;
	}

	private boolean startApart(Predicate<? super EventData> last) {
		boolean stop = this.hasData && dispatch(last);
		this.apart = true;
		return stop;
	}

	private void addData(byte[] bytes, int from, int to) {
		if (this.hasData) {
			keepData();
			this.data.append(LINE_FEED, 0, 1);
			this.data.append(bytes, from, to);
			return;
		}
		if (to - from > this.maxEventBytes) {
			throw new ResponseTooLargeException("event", this.maxEventBytes);
		}
		this.hasData = true;
		this.inPlace = true;
		this.event.data(bytes, from, to);
	}

	/** The array that the data is in is about to be used for something else. */
	private void keepData() {
		if (this.inPlace) {
			this.inPlace = false;
			this.data.append(this.event.bytes(), this.event.from(), this.event.to());
		}
	}

	private boolean dispatch(Predicate<? super EventData> last) {
		boolean stop = false;
		if (this.hasData) {
			if (!this.inPlace) {
				this.event.data(this.data.array(), 0, this.data.size());
			}
			stop = last.test(this.event);
			this.data.clear();
			this.hasData = false;
			this.inPlace = false;
		}
		this.apart = false;
		this.event.named = false;
		return stop;
	}

	private static boolean isField(byte[] name, byte[] bytes, int from, int to) {
		int end = from + name.length;
		return startsWith(name, bytes, from, to) && (end == to || bytes[end] == ':');
	}

	/** One space after the colon belongs to the syntax, further spaces to the value. */
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

	/**
	 * The present event, and the latest event name, because most events of a stream have
	 * the same name.
	 */
	private static final class EventSlice implements EventData {

		private byte[] bytes = LINE_FEED;

		private int from;

		private int to;

		private String name = ServerEvent.MESSAGE;

		private boolean named;

		void data(byte[] bytes, int from, int to) {
			this.bytes = bytes;
			this.from = from;
			this.to = to;
		}

		void name(byte[] bytes, int from, int to) {
			this.named = from < to;
			if (this.named && !isName(bytes, from, to)) {
				this.name = new String(bytes, from, to - from, StandardCharsets.UTF_8);
			}
		}

		private boolean isName(byte[] bytes, int from, int to) {
			if (to - from != this.name.length()) {
				return false;
			}
			for (int i = from; i < to; i++) {
				if (bytes[i] < 0 || bytes[i] != this.name.charAt(i - from)) {
					return false;
				}
			}
			return true;
		}

		@Override
		public String type() {
			return this.named ? this.name : ServerEvent.MESSAGE;
		}

		@Override
		public byte[] bytes() {
			return this.bytes;
		}

		@Override
		public int from() {
			return this.from;
		}

		@Override
		public int to() {
			return this.to;
		}

	}

}
