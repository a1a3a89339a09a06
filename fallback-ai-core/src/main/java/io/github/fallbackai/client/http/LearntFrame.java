// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.wire.EventData;
import org.jspecify.annotations.Nullable;

/**
 * What most events of a stream have in common: all but their text. Learnt from an event
 * that meant nothing but more text or more reasoning, it is recognised in the next ones
 * by comparing bytes, so that only the text between them has to be read. An event that
 * differs in anything else is not recognised. Belongs to one answer.
 */
final class LearntFrame {

	/**
	 * Random characters by which OpenAI hides how long a text is; they mean nothing.
	 */
	private static final byte[] PADDING = "\"obfuscation\":\"".getBytes(StandardCharsets.US_ASCII);

	/** After so many events in a row that were learnt in vain, no more are. */
	private static final int MOST_IN_VAIN = 20;

	/** The members that texts are in. */
	private static final Set<String> MEMBERS = Set.of("content", "text", "reasoning_content", "reasoning", "thinking");

	private static final byte[] NOTHING = {};

	private boolean learnt;

	private String type = "";

	private boolean reasoning;

	/** What comes before the text. */
	private byte[] before = NOTHING;

	/** What comes after the text, up to the padding if there is any. */
	private byte[] after = NOTHING;

	/** What comes after the padding, empty if there is none. */
	private byte[] end = NOTHING;

	private int inVain;

	/** Whether the text is reasoning. */
	boolean reasoning() {
		return this.reasoning;
	}

	/**
	 * Reads an event within the frame.
	 * @param event the event
	 * @return its text, or {@code null} if this cannot tell what the event means
	 */
	@Nullable String textOf(EventData event) {
		byte[] bytes = event.bytes();
		int start = event.from() + this.before.length;
		if (!this.learnt || start > event.to()
				|| !Arrays.equals(bytes, event.from(), start, this.before, 0, this.before.length)
				|| !event.type().equals(this.type)) {
			return null;
		}
		int quote = JsonText.end(bytes, start, event.to());
		if (quote <= start || !ends(bytes, quote, event.to())) {
			return null;
		}
		String text = JsonText.read(bytes, start, quote);
		if (text != null) {
			this.inVain = 0;
		}
		return text;
	}

	private boolean ends(byte[] bytes, int from, int to) {
		if (this.end.length == 0) {
			return Arrays.equals(bytes, from, to, this.after, 0, this.after.length);
		}
		int padding = from + this.after.length;
		int rest = to - this.end.length;
		return padding <= rest && Arrays.equals(bytes, from, padding, this.after, 0, this.after.length)
				&& Arrays.equals(bytes, rest, to, this.end, 0, this.end.length) && JsonText.plain(bytes, padding, rest);
	}

	/** The next event may mean something else though it looks like this. */
	void forget() {
		this.learnt = false;
	}

	/**
	 * Learns from an event, unless it was more than text.
	 * @param event the event
	 * @param meaning what it means
	 */
	void learn(EventData event, List<EndpointEvent> meaning) {
		forget();
		String text = (meaning.size() == 1 && this.inVain < MOST_IN_VAIN) ? textOf(meaning.get(0)) : "";
		if (text.isEmpty() || event.bytes()[event.from()] != '{') {
			return;
		}
		this.inVain++;
		int start = onlyOne(text, event);
		if (start >= 0 && MEMBERS.contains(member(event, start - 1))) {
			int quote = JsonText.end(event.bytes(), start, event.to());
			this.before = Arrays.copyOfRange(event.bytes(), event.from(), start);
			after(Arrays.copyOfRange(event.bytes(), quote, event.to()));
			this.type = event.type();
			this.reasoning = meaning.get(0) instanceof EndpointEvent.Reasoning;
			this.learnt = true;
		}
	}

	private void after(byte[] bytes) {
		int padding = indexOf(PADDING, bytes);
		int quote = (padding < 0) ? -1 : JsonText.end(bytes, padding + PADDING.length, bytes.length);
		this.after = (quote < 0) ? bytes : Arrays.copyOf(bytes, padding + PADDING.length);
		this.end = (quote < 0) ? NOTHING : Arrays.copyOfRange(bytes, quote, bytes.length);
	}

	private static String textOf(EndpointEvent event) {
		if (event instanceof EndpointEvent.Text text) {
			return text.text();
		}
		return (event instanceof EndpointEvent.Reasoning thought) ? thought.text() : "";
	}

	/**
	 * Where the one string begins that says the text; -1 if there is none, or another
	 * one, which might be what makes the event what it is.
	 */
	private static int onlyOne(String text, EventData event) {
		byte[] bytes = event.bytes();
		int found = -1;
		for (int i = event.from(); i < event.to(); i++) {
			if (bytes[i] == '"') {
				int quote = JsonText.end(bytes, i + 1, event.to());
				if (quote < 0) {
					return -1;
				}
				if (quote - i > text.length() && text.equals(JsonText.read(bytes, i + 1, quote))) {
					if (found >= 0) {
						return -1;
					}
					found = i + 1;
				}
				i = quote;
			}
		}
		return found;
	}

	/** Name of the member whose value begins at an index, empty if it has none. */
	private static String member(EventData event, int value) {
		byte[] bytes = event.bytes();
		int colon = value - 1;
		while (colon > event.from() && bytes[colon] == ' ') {
			colon--;
		}
		int start = colon - 2;
		while (start > event.from() && bytes[start] != '"') {
			start--;
		}
		boolean named = bytes[colon] == ':' && bytes[colon - 1] == '"';
		return named ? new String(bytes, start + 1, colon - start - 2, StandardCharsets.US_ASCII) : "";
	}

	private static int indexOf(byte[] part, byte[] bytes) {
		for (int i = 0; i <= bytes.length - part.length; i++) {
			if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
				return i;
			}
		}
		return -1;
	}

}
