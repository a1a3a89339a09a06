// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ResponseLimits;
import io.github.fallbackai.client.http.wire.Wire;
import io.github.fallbackai.client.http.wire.WireReader;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Flux;

/**
 * Answers every request with the same bytes, without a network.
 */
final class CannedWire implements Wire {

	private static final ResponseLimits LIMITS = new ResponseLimits(1 << 20, 1 << 16, 1 << 16);

	private final ResponseHead head;

	private final byte[] body;

	private final Pieces pieces;

	CannedWire(ResponseHead head, byte[] body, Pieces pieces) {
		this.head = head;
		this.body = body;
		this.pieces = pieces;
	}

	@Override
	public <T> Flux<T> exchange(WireRequest request, WireReader<T> reader) {
		return Flux.defer(() -> {
			ExchangeTrace trace = new ExchangeTrace();
			return reader.read(new ReceivedResponse(this.head,
					Flux.fromIterable(this.pieces.cut(this.body)).map(Unpooled::wrappedBuffer), true, LIMITS, trace));
		});
	}

}
