// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import io.github.fallbackai.client.http.wire.EventData;
import io.github.fallbackai.client.http.wire.ResponseLimits;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body as events or as a document. Its first bytes decide, because servers send
 * errors and pages with the content type of a stream, streams with any other type, and
 * both without a type. Belongs to one response.
 */
final class ContentDecoder {

	private static final List<String> FIELDS = List.of("data", "event", "retry", "id");

	/** More than the longest field and its colon. */
	private static final int ENOUGH = 8;

	private final SseDecoder events;

	private final ByteAccumulator document;

	private final boolean eventsByDefault;

	private @Nullable Boolean eventStream;

	/** The position of the first bytes that decide, within the bytes held back. */
	private int start;

	/**
	 * Creates a decoder.
	 * @param limits how large an event and a document may be
	 * @param eventsByDefault whether the body is a stream if its first bytes do not
	 * decide
	 */
	ContentDecoder(ResponseLimits limits, boolean eventsByDefault) {
		this.events = new SseDecoder(limits.event());
		this.document = new ByteAccumulator("body", limits.response());
		this.eventsByDefault = eventsByDefault;
	}

	/**
	 * Takes in more of the body.
	 * @param bytes array of the bytes
	 * @param from where they begin
	 * @param to where they end
	 * @param last receives each event that is complete, and says whether reading stops
	 * @return whether reading stopped
	 * @throws ResponseTooLargeException if a limit is exceeded
	 */
	boolean decode(byte[] bytes, int from, int to, Predicate<? super EventData> last) {
		if (Boolean.TRUE.equals(this.eventStream)) {
			return this.events.decode(bytes, from, to, last);
		}
		if (this.eventStream == null && this.document.size() == 0) {
			this.eventStream = formOf(bytes, significant(bytes, from, to), to);
			if (Boolean.TRUE.equals(this.eventStream)) {
				return this.events.decode(bytes, from, to, last);
			}
		}
		this.document.append(bytes, from, to);
		if (this.eventStream == null) {
			this.start = significant(this.document.array(), this.start, this.document.size());
			this.eventStream = formOf(this.document.array(), this.start, this.document.size());
			if (Boolean.TRUE.equals(this.eventStream)) {
				// The beginning that was held back.
				return this.events.decode(this.document.array(), 0, this.document.size(), last);
			}
		}
		return false;
	}

	/** Bytes of the document, 0 if it is a stream. */
	int documentSize() {
		return Boolean.TRUE.equals(this.eventStream) ? 0 : this.document.size();
	}

	/**
	 * The body is complete.
	 * @param emptyStream whether a body without content is a stream without events
	 * @return the document, or {@code null} if it was a stream
	 */
	byte @Nullable [] end(boolean emptyStream) {
		boolean stream = (this.eventStream != null) ? this.eventStream : emptyStream;
		return stream ? null : this.document.toByteArray();
	}

	/** Whether it is a stream of events, {@code null} if that is not clear yet. */
	private @Nullable Boolean formOf(byte[] bytes, int from, int to) {
		int length = Math.min(to - from, ENOUGH);
		return (length > 0) ? isEventStream(new String(bytes, from, length, StandardCharsets.ISO_8859_1)) : null;
	}

	private static int significant(byte[] bytes, int from, int to) {
		int start = from;
		while (start < to && insignificant(bytes[start])) {
			start++;
		}
		return start;
	}

	private @Nullable Boolean isEventStream(String start) {
		if ("{[<".indexOf(start.charAt(0)) >= 0) {
			return false;
		}
		int end = 0;
		while (end < start.length() && ":\r\n".indexOf(start.charAt(end)) < 0) {
			end++;
		}
		if (end == start.length() && end < ENOUGH) {
			return null;
		}
		boolean field = end == 0 || FIELDS.contains(start.substring(0, end).toLowerCase(Locale.ROOT));
		return field || this.eventsByDefault;
	}

	/** White space, and the bytes of a byte order mark, which are negative. */
	private static boolean insignificant(byte value) {
		return (value >= 0 && value <= ' ') || value == (byte) 0xEF || value == (byte) 0xBB || value == (byte) 0xBF;
	}

}
