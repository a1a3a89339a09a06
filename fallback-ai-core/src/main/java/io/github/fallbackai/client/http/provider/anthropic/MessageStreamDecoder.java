package io.github.fallbackai.client.http.provider.anthropic;

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

/**
 * Reads a stream that ends with {@code message_stop}: see
 * <a href="https://docs.anthropic.com/en/docs/build-with-claude/streaming">streaming
 * messages</a>. The type within the data decides, because some servers send no event
 * type.
 */
final class MessageStreamDecoder implements StreamDecoder {

	private static final String LAST = "message_stop";

	/** No other event with this word is so short. */
	private static final int LONGEST_LAST = 64;

	private final ResponseHead head;

	private final MessageDecoder message;

	MessageStreamDecoder(ResponseHead head) {
		this.head = head;
		this.message = new MessageDecoder(head);
	}

	@Override
	public List<EndpointEvent> decode(ServerEvent event) {
		if (KeepAlive.is(event)) {
			return List.of();
		}
		if (event.type().equals(ServerEvent.ERROR)) {
			this.message.failUnlessFinished(ErrorReport.json(event.data()));
			return List.of();
		}
		JsonNode json = ProviderJson.readAnswer(event.data());
		if (json != null && json.isObject()) {
			return this.message.decode(json);
		}
		if (finished()) {
			return List.of();
		}
		throw new EndpointException(ErrorReport.of(this.head).as(FailureKind.INVALID_RESPONSE));
	}

	@Override
	public boolean last(ServerEvent event) {
		return event.type().equals(LAST)
				|| (event.data().length() < LONGEST_LAST && event.data().contains('"' + LAST + '"'));
	}

	@Override
	public boolean finished() {
		return this.message.finished();
	}

	@Override
	public List<EndpointEvent> end() {
		return this.message.endOfStream();
	}

	@Override
	public AnswerEvents answer() {
		return this.message.events();
	}

}
