// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.openai;

import java.util.List;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.provider.json.DoneMarker;
import io.github.fallbackai.client.http.provider.json.JsonStreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;

/**
 * Reads a stream of {@code chat.completion.chunk} objects that ends with {@code [DONE]}.
 */
final class ChunkStreamDecoder extends JsonStreamDecoder {

	private final AnswerDecoder answer;

	private boolean done;

	ChunkStreamDecoder(ResponseHead head) {
		this(head, new AnswerDecoder(head));
	}

	private ChunkStreamDecoder(ResponseHead head, AnswerDecoder answer) {
		super(head, answer);
		this.answer = answer;
	}

	@Override
	public List<EndpointEvent> decode(ServerEvent event) {
		if (this.done) {
			return List.of();
		}
		if (last(event)) {
			this.done = true;
			return this.answer.endOfAnswer();
		}
		return super.decode(event);
	}

	@Override
	public boolean last(ServerEvent event) {
		return DoneMarker.is(event);
	}

}
