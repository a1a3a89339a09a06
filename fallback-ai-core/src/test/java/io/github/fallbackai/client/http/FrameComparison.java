// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.EventData;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream twice: with what it learns from its events, and by parsing each.
 */
final class FrameComparison {

	private static final ResponseHead HEAD = new ResponseHead(200, Map.of());

	private final Dialect dialect;

	private final ChunkCounts chunks = new ChunkCounts();

	FrameComparison(Dialect dialect) {
		this.dialect = dialect;
	}

	/** How the events of all streams were read. */
	ChunkCounts chunks() {
		return this.chunks;
	}

	/** What the stream means, read as the product does. */
	List<String> learning(List<Data> stream) {
		return read(new AnswerContent(this.dialect, HEAD, this.chunks), stream);
	}

	/** What the stream means, every event parsed. */
	List<String> parsing(List<Data> stream) {
		return read(new AnswerContent(new WithoutFrames(this.dialect), HEAD, new ChunkCounts()), stream);
	}

	private static List<String> read(AnswerContent content, List<Data> stream) {
		List<String> meaning = new ArrayList<>();
		try {
			boolean last = false;
			for (int i = 0; i < stream.size() && !last; i++) {
				last = content.event(stream.get(i), (event) -> meaning.add(describe(event)));
			}
			content.end((event) -> meaning.add(describe(event)));
		}
		catch (EndpointException ex) {
			meaning.add(ex.failure().toString());
		}
		meaning.add("complete: " + content.complete());
		return meaning;
	}

	private static String describe(EndpointEvent event) {
		if (event instanceof EndpointEvent.Text text) {
			return "text: " + text.text();
		}
		return (event instanceof EndpointEvent.Reasoning thought) ? "reasoning: " + thought.text() : event.toString();
	}

	/**
	 * An event among other bytes, as in a buffer.
	 */
	record Data(String type, byte[] bytes, int from, int to) implements EventData {

		static Data of(String type, byte[] data) {
			byte[] bytes = new byte[data.length + 5];
			System.arraycopy(data, 0, bytes, 2, data.length);
			bytes[1] = '"';
			bytes[data.length + 2] = '"';
			return new Data(type, bytes, 2, data.length + 2);
		}

		static Data of(ServerEvent event) {
			return of(event.type(), event.data().getBytes(StandardCharsets.UTF_8));
		}

	}

	/**
	 * A dialect whose decoders do not tell where texts go.
	 */
	private record WithoutFrames(Dialect dialect) implements Dialect {

		@Override
		public String provider() {
			return this.dialect.provider();
		}

		@Override
		public @Nullable URI defaultUrl() {
			return null;
		}

		@Override
		public Set<String> essentialParameters() {
			return Set.of();
		}

		@Override
		public WireRequest encode(EndpointRequest request) {
			throw new UnsupportedOperationException();
		}

		@Override
		public List<EndpointEvent> decodeUnary(ResponseHead head, byte[] body) {
			return this.dialect.decodeUnary(head, body);
		}

		@Override
		public Failure classify(ResponseHead head, byte[] body) {
			return this.dialect.classify(head, body);
		}

		@Override
		public StreamDecoder streamDecoder(ResponseHead head) {
			StreamDecoder decoder = this.dialect.streamDecoder(head);
			return new StreamDecoder() {

				@Override
				public List<EndpointEvent> decode(ServerEvent event) {
					return decoder.decode(event);
				}

				@Override
				public boolean last(ServerEvent event) {
					return decoder.last(event);
				}

				@Override
				public boolean finished() {
					return decoder.finished();
				}

				@Override
				public List<EndpointEvent> end() {
					return decoder.end();
				}

			};
		}

	}

}
