// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.fallbackai.client.http.wire.ServerEvent;
import io.github.fallbackai.fuzz.FuzzTarget;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The events of a stream do not depend on how its bytes are split, and are those of the
 * reference. Nothing but a limit ends reading.
 */
public final class SseFraming implements FuzzTarget {

	private static final int LIMIT = 20_000;

	@Override
	public void read(byte[] input) {
		List<ServerEvent> expected = SseReference.events(input);
		for (Pieces pieces : List.of(Pieces.whole(), Pieces.bytes(), Pieces.of(input))) {
			List<ServerEvent> events = new ArrayList<>();
			try {
				SseDecoder decoder = new SseDecoder(LIMIT);
				for (byte[] piece : pieces.cut(input)) {
					decoder.decode(piece, 0, piece.length, (event) -> !events.add(event.toEvent()));
					// Another connection reads into the same array.
					Arrays.fill(piece, (byte) 'x');
				}
				assertThat(events).isEqualTo(expected);
			}
			catch (ResponseTooLargeException ex) {
				assertThat(input).hasSizeGreaterThan(LIMIT);
				assertThat(events).isEqualTo(expected.subList(0, events.size()));
			}
		}
	}

}
