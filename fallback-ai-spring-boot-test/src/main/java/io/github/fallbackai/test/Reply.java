// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.fallbackai.test.wire.Frame;
import io.github.fallbackai.test.wire.Frame.Kind;

/**
 * What the server sends, and what it does then.
 *
 * @param head status and headers, absent if not even these are sent
 * @param frames the body
 * @param end what happens after the last frame
 * @param reset whether a cut is a TCP reset
 * @param byteLimit after how many bytes of the response the connection is cut
 */
record Reply(@Nullable Head head, List<Frame> frames, End end, boolean reset, long byteLimit) {

	Reply(Head head, List<Frame> frames) {
		this(head, frames, End.COMPLETE, false, Long.MAX_VALUE);
	}

	Reply then(End end) {
		return new Reply(this.head, this.frames, end, this.reset, this.byteLimit);
	}

	Reply byReset() {
		return new Reply(this.head, this.frames, this.end, true, this.byteLimit);
	}

	Reply limitedTo(long bytes) {
		return new Reply(this.head, this.frames, this.end, this.reset, bytes);
	}

	Reply withHeader(String name, String value) {
		return (this.head != null) ? with(this.head.with(name, value), this.frames) : this;
	}

	Reply withFrames(List<Frame> frames) {
		return with(this.head, frames);
	}

	/**
	 * Nothing at all is sent.
	 */
	Reply withoutHead() {
		return with(null, List.of());
	}

	/**
	 * Everything before the token that follows the first {@code tokens} ones. A body that
	 * is sent as a whole does not begin before its last token is generated.
	 */
	Reply upToToken(int tokens) {
		return isWhole() ? withoutHead() : withFrames(this.frames.subList(0, position(tokens)));
	}

	Reply upToFrame(int count) {
		return isWhole() ? withoutHead() : withFrames(this.frames.subList(0, Math.min(count, this.frames.size())));
	}

	/**
	 * A body that is sent as a whole does not begin.
	 */
	Reply cutAfterFrames(int count) {
		if (isWhole()) {
			return withoutHead().then(End.CUT);
		}
		return (count < this.frames.size()) ? withFrames(this.frames.subList(0, count)).then(End.CUT) : this;
	}

	Reply without(Kind kind) {
		return withFrames(this.frames.stream().filter(Predicate.not(is(kind))).toList());
	}

	Reply plus(Frame frame) {
		List<Frame> extended = new ArrayList<>(this.frames);
		extended.add(frame);
		return withFrames(extended);
	}

	/**
	 * Tells whether the body is sent as a whole, not as a stream.
	 */
	boolean isWhole() {
		return this.frames.stream().anyMatch(is(Kind.BODY));
	}

	private Reply with(@Nullable Head head, List<Frame> frames) {
		return new Reply(head, frames, this.end, this.reset, this.byteLimit);
	}

	private int position(int tokens) {
		List<Integer> places = new ArrayList<>();
		for (int i = 0; i < this.frames.size(); i++) {
			if (this.frames.get(i).kind() == Kind.TOKEN) {
				places.add(i);
			}
		}
		if (places.isEmpty()) {
			return (int) this.frames.stream().takeWhile(Predicate.not(is(Kind.FINISH))).count();
		}
		return (tokens == 0) ? places.get(0) : places.get(Math.min(tokens, places.size()) - 1) + 1;
	}

	private static Predicate<Frame> is(Kind kind) {
		return (frame) -> frame.kind() == kind;
	}

	/**
	 * Status and headers.
	 *
	 * @param status the HTTP status
	 * @param headers the headers, any case of a name being the same name
	 */
	record Head(int status, Map<String, String> headers) {

		static Head of(int status, String contentType) {
			return new Head(status, Map.of("Content-Type", contentType));
		}

		Head with(String name, String value) {
			Map<String, String> extended = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			extended.putAll(this.headers);
			extended.put(name, value);
			return new Head(this.status, extended);
		}

	}

}
