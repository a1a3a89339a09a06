package io.github.fallbackai.client.http.netty;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import io.github.fallbackai.client.http.wire.ResponseLimits;
import io.github.fallbackai.client.http.wire.WireContent;
import io.github.fallbackai.client.http.wire.WireDocument;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body as events or as a document. Its first bytes decide, for servers send
 * errors and pages under the name of a stream, streams under any other, and either
 * without a name. Belongs to one response.
 */
final class ContentDecoder {

	private static final List<String> FIELDS = List.of("data", "event", "retry", "id");

	/** More than the longest field and its colon. */
	private static final int ENOUGH = 8;

	private final SseDecoder events;

	private final ByteAccumulator document;

	private final boolean eventsByDefault;

	private @Nullable Boolean eventStream;

	/** Where the first bytes are that say something. */
	private int start;

	/**
	 * Creates a decoder.
	 * @param limits how large an event and a document may be
	 * @param eventsByDefault what the body is if its first bytes do not say
	 */
	ContentDecoder(ResponseLimits limits, boolean eventsByDefault) {
		this.events = new SseDecoder(limits.event());
		this.document = new ByteAccumulator("body", limits.response());
		this.eventsByDefault = eventsByDefault;
	}

	/**
	 * Takes in more of the body.
	 * @param bytes the bytes
	 * @param length how many of them count
	 * @param content receives each event that is complete
	 * @throws ResponseTooLargeException if a limit is exceeded
	 */
	void decode(byte[] bytes, int length, Consumer<? super WireContent> content) {
		if (Boolean.TRUE.equals(this.eventStream)) {
			this.events.decode(bytes, length, content::accept);
			return;
		}
		this.document.append(bytes, 0, length);
		if (this.eventStream == null) {
			decide();
			if (Boolean.TRUE.equals(this.eventStream)) {
				// The beginning that was held back.
				this.events.decode(this.document.array(), this.document.size(), content::accept);
			}
		}
	}

	/**
	 * The body is complete.
	 * @param emptyStream whether a body without content is a stream without events
	 * @return the document, if it is one
	 */
	List<WireContent> end(boolean emptyStream) {
		boolean stream = (this.eventStream != null) ? this.eventStream : emptyStream;
		return stream ? List.of() : List.of(new WireDocument(this.document.toByteArray()));
	}

	private void decide() {
		byte[] bytes = this.document.array();
		while (this.start < this.document.size() && insignificant(bytes[this.start])) {
			this.start++;
		}
		int length = Math.min(this.document.size() - this.start, ENOUGH);
		if (length > 0) {
			this.eventStream = isEventStream(new String(bytes, this.start, length, StandardCharsets.ISO_8859_1));
		}
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
