// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.chat;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Puts a message together from pieces that come one by one. Pieces of one kind that
 * follow one another become one part. Not safe for use by several threads.
 */
public final class AssistantMessageBuilder {

	/** Text and refusals. */
	private final GrowingText text = new GrowingText();

	private final GrowingText reasoning = new GrowingText();

	private final List<ToolCall> toolCalls = new ArrayList<>();

	private final List<Piece> pieces = new ArrayList<>(2);

	private @Nullable ProviderState state;

	/** The piece that goes on, {@code null} if the next one is another part. */
	private @Nullable Kind open;

	/** Where the open piece begins in its text. */
	private int start;

	/** More text. */
	public AssistantMessageBuilder text(String more) {
		open(Kind.TEXT).append(more);
		return this;
	}

	/** More of what the model says instead of an answer. */
	public AssistantMessageBuilder refusal(String more) {
		open(Kind.REFUSAL).append(more);
		return this;
	}

	/** More of what the model thinks. */
	public AssistantMessageBuilder reasoning(String more) {
		open(Kind.REASONING).append(more);
		return this;
	}

	/** A complete tool call. */
	public AssistantMessageBuilder toolCall(ToolCall call) {
		close(null);
		this.toolCalls.add(call);
		this.pieces.add(new Piece(Kind.TOOL_CALL, this.toolCalls.size() - 1, this.toolCalls.size(), null));
		return this;
	}

	/**
	 * What came since the last part is a part of its own.
	 * @param part the part without its text; it becomes a part without text if none of
	 * its kind came
	 */
	public AssistantMessageBuilder endPart(AssistantPart part) {
		Kind kind = Kind.of(part);
		if (kind == Kind.TOOL_CALL) {
			return toolCall((ToolCall) part);
		}
		open(kind);
		close(part);
		return this;
	}

	/** Members of the whole message that its maker wants back. */
	public AssistantMessageBuilder state(@Nullable ProviderState state) {
		this.state = state;
		return this;
	}

	/** The text so far, refusals included. */
	public String text() {
		return this.text.toString();
	}

	/** Whether there is no text, nor a refusal. */
	public boolean hasNoText() {
		return this.text.length() == 0;
	}

	/** The reasoning so far. */
	public String reasoning() {
		return this.reasoning.toString();
	}

	/** The tool calls so far. */
	public List<ToolCall> toolCalls() {
		return this.toolCalls;
	}

	private GrowingText open(Kind kind) {
		GrowingText content = (kind == Kind.REASONING) ? this.reasoning : this.text;
		if (this.open != kind) {
			close(null);
			this.open = kind;
			this.start = content.length();
		}
		return content;
	}

	private void close(@Nullable AssistantPart rest) {
		Kind kind = this.open;
		if (kind != null) {
			int end = ((kind == Kind.REASONING) ? this.reasoning : this.text).length();
			if (end > this.start || (rest != null && hasContent(rest))) {
				this.pieces.add(new Piece(kind, this.start, end, rest));
			}
			this.open = null;
		}
	}

	private static boolean hasContent(AssistantPart rest) {
		return rest.state() != null || (rest instanceof ReasoningPart thought
				&& (thought.signature() != null || thought.encrypted() != null));
	}

	/**
	 * Builds the message.
	 * @return the message
	 */
	public AssistantMessage build() {
		close(null);
		List<AssistantPart> parts = new ArrayList<>(this.pieces.size());
		for (Piece piece : this.pieces) {
			parts.add(part(piece));
		}
		return new AssistantMessage(parts, this.state);
	}

	private AssistantPart part(Piece piece) {
		AssistantPart rest = piece.rest();
		switch (piece.kind()) {
			case TOOL_CALL -> {
				return this.toolCalls.get(piece.from());
			}
			case REASONING -> {
				String thought = this.reasoning.substring(piece.from(), piece.to());
				return (rest instanceof ReasoningPart part) ? part.withText(thought) : new ReasoningPart(thought);
			}
			case REFUSAL -> {
				return new RefusalPart(this.text.substring(piece.from(), piece.to()),
						(rest != null) ? rest.state() : null);
			}
			default -> {
				String said = this.text.substring(piece.from(), piece.to());
				return (rest instanceof TextPart part) ? part.withText(said) : new TextPart(said);
			}
		}
	}

	/** A text that many answers bring in one piece, which is not copied then. */
	private static final class GrowingText {

		private String whole = "";

		/** Holds the text once there is more than one piece. */
		private @Nullable StringBuilder pieces;

		void append(String more) {
			if (this.pieces != null) {
				this.pieces.append(more);
			}
			else if (this.whole.isEmpty()) {
				this.whole = more;
			}
			else {
				this.pieces = new StringBuilder(this.whole).append(more);
				this.whole = "";
			}
		}

		int length() {
			return (this.pieces != null) ? this.pieces.length() : this.whole.length();
		}

		String substring(int from, int to) {
			return (this.pieces != null) ? this.pieces.substring(from, to) : this.whole.substring(from, to);
		}

		@Override
		public String toString() {
			return (this.pieces != null) ? this.pieces.toString() : this.whole;
		}

	}

	private enum Kind {

		TEXT, REFUSAL, REASONING, TOOL_CALL;

		static Kind of(AssistantPart part) {
			if (part instanceof ReasoningPart) {
				return REASONING;
			}
			if (part instanceof RefusalPart) {
				return REFUSAL;
			}
			return (part instanceof ToolCall) ? TOOL_CALL : TEXT;
		}

	}

	/**
	 * A part, as a range of the texts.
	 *
	 * @param kind what it is
	 * @param from where it begins, or the position of the tool call
	 * @param to where it ends
	 * @param rest the part without its text, {@code null} if there is nothing but text
	 */
	private record Piece(Kind kind, int from, int to, @Nullable AssistantPart rest) {

	}

}
