// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.provider.AnswerEvents;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.provider.RateLimits;
import io.github.fallbackai.client.http.provider.RequestId;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.ContentReader;
import io.github.fallbackai.client.http.wire.EventData;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;
import io.github.fallbackai.failure.FailureKind;

/**
 * Reads an answer with a dialect, as a stream or in one piece. Belongs to one answer.
 */
final class AnswerContent implements ContentReader<EndpointEvent> {

	private static final int LONGEST_REFUSAL = 64 << 10;

	private static final byte[] NOTHING = {};

	private final Dialect dialect;

	private final ResponseHead head;

	private final StreamDecoder decoder;

	private final ChunkCounts chunks;

	private final LearntFrame frame = new LearntFrame();

	private boolean whole;

	private boolean begun;

	private byte[] latest = NOTHING;

	AnswerContent(Dialect dialect, ResponseHead head, ChunkCounts chunks) {
		this.dialect = dialect;
		this.head = head;
		this.decoder = dialect.streamDecoder(head);
		this.chunks = chunks;
	}

	/** Whether the model generated anything. */
	boolean begun() {
		return this.begun;
	}

	/** What was read last, in UTF-8, unless it is too long for a refusal. */
	byte[] latest() {
		return this.latest;
	}

	@Override
	public void begin(Consumer<? super EndpointEvent> out) {
		out.accept(new EndpointEvent.Accepted(this.head.status(), RequestId.of(this.head),
				RateLimits.exhaustedFor(this.head)));
	}

	@Override
	public boolean event(EventData data, Consumer<? super EndpointEvent> out) {
		return !more(data, out) && parsed(data, out);
	}

	/** Whether the event is like the one before but for its text, which is passed on. */
	private boolean more(EventData data, Consumer<? super EndpointEvent> out) {
		AnswerEvents answer = this.decoder.answer();
		String text = (answer != null) ? this.frame.textOf(data) : null;
		if (answer == null || text == null) {
			return false;
		}
		if (this.frame.reasoning()) {
			answer.reasoning(text);
		}
		else {
			answer.text(text);
		}
		answer.passTo(out);
		this.chunks.addRecognised();
		return true;
	}

	private boolean parsed(EventData data, Consumer<? super EndpointEvent> out) {
		this.frame.forget();
		ServerEvent event = data.toEvent();
		if (!this.begun) {
			this.latest = (data.to() - data.from() > LONGEST_REFUSAL) ? NOTHING
					: Arrays.copyOfRange(data.bytes(), data.from(), data.to());
		}
		List<EndpointEvent> meaning = decode(() -> this.decoder.decode(event));
		pass(meaning, out);
		if (!this.decoder.finished()) {
			this.frame.learn(data, meaning);
		}
		this.chunks.addParsed();
		return this.decoder.last(event);
	}

	@Override
	public void document(byte[] bytes, Consumer<? super EndpointEvent> out) {
		this.whole = true;
		this.latest = (bytes.length > LONGEST_REFUSAL) ? NOTHING : bytes;
		if (isBlank(bytes)) {
			throw new EndpointException(ErrorReport.of(this.head).as(FailureKind.EMPTY_RESPONSE));
		}
		pass(decode(() -> this.dialect.decodeUnary(this.head, bytes)), out);
	}

	@Override
	public void end(Consumer<? super EndpointEvent> out) {
		if (!this.whole) {
			pass(decode(this.decoder::end), out);
		}
	}

	@Override
	public boolean complete() {
		return this.decoder.finished();
	}

	private static boolean isBlank(byte[] bytes) {
		for (byte value : bytes) {
			if (value < 0 || value > ' ') {
				return false;
			}
		}
		return true;
	}

	private void pass(List<EndpointEvent> events, Consumer<? super EndpointEvent> out) {
		for (EndpointEvent event : events) {
			this.begun = this.begun || event.progress();
			out.accept(event);
		}
	}

	/**
	 * If a dialect throws while it reads an answer, it does not understand that answer.
	 */
	private List<EndpointEvent> decode(Supplier<List<EndpointEvent>> decoding) {
		try {
			return decoding.get();
		}
		catch (EndpointException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new EndpointException(ErrorReport.of(this.head).as(FailureKind.INVALID_RESPONSE));
		}
	}

}
