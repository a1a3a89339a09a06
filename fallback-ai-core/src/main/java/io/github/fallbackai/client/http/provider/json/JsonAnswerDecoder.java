// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.json;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.provider.AnswerEvents;
import io.github.fallbackai.client.http.provider.ErrorClassifier;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.wire.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * Makes events from the JSON of an answer, in one piece or event by event. Belongs to one
 * answer.
 */
public abstract class JsonAnswerDecoder {

	private final ResponseHead head;

	private final AnswerEvents events;

	/**
	 * Creates a decoder.
	 * @param head status and headers of the answer
	 */
	protected JsonAnswerDecoder(ResponseHead head) {
		this.head = head;
		this.events = new AnswerEvents(head);
	}

	/**
	 * Reads one event of a stream.
	 * @param event the event
	 * @return what it means, possibly nothing
	 */
	public abstract List<EndpointEvent> decode(JsonNode event);

	/**
	 * Reads an answer that came in one piece.
	 * @param whole the answer
	 * @return the events that the same answer would have had as a stream
	 */
	public abstract List<EndpointEvent> decodeWhole(JsonNode whole);

	/**
	 * The stream says nothing, but goes on.
	 * @return what that means, possibly nothing
	 */
	final List<EndpointEvent> alive() {
		this.events.work().goesOn();
		return this.events.take();
	}

	/**
	 * The server reports an error. While the answer looks complete, it comes too late and
	 * is ignored.
	 * @param json the error
	 * @return nothing
	 */
	public List<EndpointEvent> error(JsonNode json) {
		if (finished()) {
			return List.of();
		}
		throw failure(json);
	}

	/**
	 * Whether a value can be an event of a stream at all; any value unless overridden.
	 * @param event the value
	 */
	protected boolean reads(JsonNode event) {
		return true;
	}

	/** Whether the answer looks complete. */
	public final boolean finished() {
		return this.events.finished();
	}

	/** The stream ended in good order. */
	final List<EndpointEvent> endOfStream() {
		this.events.requireFinished();
		return List.of();
	}

	/**
	 * Where texts go.
	 * @return the collector, {@code null} if this decoder does more with a text than to
	 * put it there
	 * @see io.github.fallbackai.client.http.provider.StreamDecoder#answer()
	 */
	protected @Nullable AnswerEvents texts() {
		return this.events;
	}

	/** Where the events are collected. */
	protected final AnswerEvents events() {
		return this.events;
	}

	/**
	 * What an error means.
	 * @param error the error as the server wrote it
	 */
	protected final EndpointException failure(JsonNode error) {
		return new EndpointException(ErrorClassifier.classify(ErrorReport.of(this.head, error)));
	}

}
