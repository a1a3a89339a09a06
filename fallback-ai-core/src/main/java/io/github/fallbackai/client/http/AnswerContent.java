package io.github.fallbackai.client.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;
import io.github.fallbackai.client.http.wire.WireContent;
import io.github.fallbackai.client.http.wire.WireDocument;
import io.github.fallbackai.failure.FailureKind;
import reactor.core.Exceptions;
import reactor.core.publisher.Signal;

/**
 * Has a dialect read an answer, be it a stream or in one piece. Belongs to one answer.
 */
final class AnswerContent {

	private final Dialect dialect;

	private final ResponseHead head;

	private final StreamDecoder decoder;

	private boolean whole;

	private boolean begun;

	private byte[] latest = new byte[0];

	AnswerContent(Dialect dialect, ResponseHead head) {
		this.dialect = dialect;
		this.head = head;
		this.decoder = dialect.streamDecoder(head);
	}

	/** Whether nothing of interest follows the event. */
	boolean last(ServerEvent event) {
		return this.decoder.last(event);
	}

	/** Whether the model generated anything. */
	boolean begun() {
		return this.begun;
	}

	/** What was read last, in UTF-8. */
	byte[] latest() {
		return this.latest;
	}

	/** What a part of the answer, its end or its error means. */
	List<EndpointEvent> decode(Signal<WireContent> signal) {
		Throwable error = signal.getThrowable();
		if (error == null) {
			List<EndpointEvent> events = decode(() -> events(signal));
			this.begun = this.begun || events.stream().anyMatch(EndpointEvent::progress);
			return events;
		}
		if (this.decoder.finished()) {
			return List.of();
		}
		throw Exceptions.propagate(error);
	}

	private List<EndpointEvent> events(Signal<WireContent> signal) {
		WireContent content = signal.get();
		if (content instanceof WireDocument document) {
			this.whole = true;
			this.latest = document.bytes();
			if (isBlank(document.bytes())) {
				throw new EndpointException(ErrorReport.of(this.head).as(FailureKind.EMPTY_RESPONSE));
			}
			return this.dialect.decodeUnary(this.head, document.bytes());
		}
		if (content instanceof ServerEvent event) {
			if (!this.begun) {
				this.latest = event.data().getBytes(StandardCharsets.UTF_8);
			}
			return this.decoder.decode(event);
		}
		return this.whole ? List.of() : this.decoder.end();
	}

	private static boolean isBlank(byte[] bytes) {
		for (byte value : bytes) {
			if (value < 0 || value > ' ') {
				return false;
			}
		}
		return true;
	}

	/** A dialect that stumbles over an answer has met one that it does not understand. */
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
