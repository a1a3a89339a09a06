// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.json;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.provider.AnswerEvents;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.provider.KeepAlive;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream whose events are JSON. No event marks its end, unless overridden.
 */
public class JsonStreamDecoder implements StreamDecoder {

	private final ResponseHead head;

	private final JsonAnswerDecoder answer;

	/**
	 * Creates a decoder.
	 * @param head status and headers of the answer
	 * @param answer reads the JSON
	 */
	public JsonStreamDecoder(ResponseHead head, JsonAnswerDecoder answer) {
		this.head = head;
		this.answer = answer;
	}

	@Override
	public List<EndpointEvent> decode(ServerEvent event) {
		if (KeepAlive.is(event)) {
			return this.answer.alive();
		}
		if (reportsError(event)) {
			return this.answer.error(ErrorReport.json(event.data()));
		}
		JsonNode json = ProviderJson.readAnswer(event.data());
		if (json != null && this.answer.reads(json)) {
			List<EndpointEvent> events = this.answer.decode(json);
			return events.isEmpty() ? this.answer.alive() : events;
		}
		if (finished()) {
			return List.of();
		}
		throw new EndpointException(ErrorReport.of(this.head).as(FailureKind.INVALID_RESPONSE));
	}

	/**
	 * Whether the event's type alone says that its data is an error.
	 * @param event the event
	 */
	protected boolean reportsError(ServerEvent event) {
		return event.type().equals(ServerEvent.ERROR);
	}

	@Override
	public boolean last(ServerEvent event) {
		return false;
	}

	@Override
	public final boolean finished() {
		return this.answer.finished();
	}

	@Override
	public final List<EndpointEvent> end() {
		return this.answer.endOfStream();
	}

	@Override
	public final @Nullable AnswerEvents answer() {
		return this.answer.texts();
	}

}
