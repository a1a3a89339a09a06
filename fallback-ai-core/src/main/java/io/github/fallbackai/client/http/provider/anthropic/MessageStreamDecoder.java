// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.anthropic;

import io.github.fallbackai.client.http.provider.json.JsonStreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;

/**
 * Reads a stream that ends with {@code message_stop}: see
 * <a href="https://docs.anthropic.com/en/docs/build-with-claude/streaming">streaming
 * messages</a>. The type within the data decides, because some servers send no event
 * type.
 */
final class MessageStreamDecoder extends JsonStreamDecoder {

	private static final String LAST = "message_stop";

	/** No other event with this word is so short. */
	private static final int LONGEST_LAST = 64;

	MessageStreamDecoder(ResponseHead head) {
		super(head, new MessageDecoder(head));
	}

	@Override
	public boolean last(ServerEvent event) {
		return event.type().equals(LAST)
				|| (event.data().length() < LONGEST_LAST && event.data().contains('"' + LAST + '"'));
	}

}
