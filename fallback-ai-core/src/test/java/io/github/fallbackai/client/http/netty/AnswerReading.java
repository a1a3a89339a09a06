// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.netty;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;
import io.github.fallbackai.fuzz.FuzzTarget;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An answer, whatever its bytes, is complete or a typed failure, however its bytes are
 * split. If it is a stream, it says what the dialect makes of each event of the reference
 * framing, one after another.
 */
public final class AnswerReading implements FuzzTarget {

	private static final ResponseHead STREAM = new ResponseHead(200, Map.of("Content-Type", "text/event-stream"));

	private static final ResponseHead DOCUMENT = new ResponseHead(200, Map.of("Content-Type", "application/json"));

	private final Dialect dialect;

	/**
	 * A target for one dialect.
	 * @param dialect the dialect
	 */
	public AnswerReading(Dialect dialect) {
		this.dialect = dialect;
	}

	@Override
	public void read(byte[] input) {
		for (ResponseHead head : List.of(STREAM, DOCUMENT)) {
			ReadAnswer whole = ReadAnswer.of(this.dialect, head, input, Pieces.whole());
			whole.check();
			ReadAnswer split = ReadAnswer.of(this.dialect, head, input, Pieces.of(input));
			assertSame(split, whole);
		}
		ReadAnswer expected = expected(input);
		if (expected != null) {
			assertThat(ReadAnswer.of(this.dialect, STREAM, input, Pieces.whole())).isEqualTo(expected);
		}
	}

	/** Times to wait depend on the clock. */
	private static void assertSame(ReadAnswer split, ReadAnswer whole) {
		assertThat(split.text()).isEqualTo(whole.text());
		assertThat(split.reasoning()).isEqualTo(whole.reasoning());
		assertThat(split.toolCalls()).isEqualTo(whole.toolCalls());
		assertThat(split.finished()).isEqualTo(whole.finished());
		assertThat(String.valueOf(split.failure())).isEqualTo(String.valueOf(whole.failure()));
	}

	/** The complete answer that the events are; {@code null} if they are none. */
	private @Nullable ReadAnswer expected(byte[] input) {
		if (!isStream(input)) {
			return null;
		}
		StreamDecoder decoder = this.dialect.streamDecoder(STREAM);
		List<EndpointEvent> events = new ArrayList<>();
		try {
			for (ServerEvent event : SseReference.events(input)) {
				events.addAll(decoder.decode(event));
				if (decoder.last(event)) {
					break;
				}
			}
			events.addAll(decoder.end());
			return ReadAnswer.of(events, null);
		}
		catch (EndpointException | IllegalArgumentException | IllegalStateException ex) {
			return null;
		}
	}

	private static boolean isStream(byte[] input) {
		ContentDecoder decoder = new ContentDecoder(
				new io.github.fallbackai.client.http.wire.ResponseLimits(1 << 20, 1 << 20, 1 << 20), true);
		decoder.decode(input, 0, input.length, (event) -> false);
		return decoder.end(true) == null;
	}

}
