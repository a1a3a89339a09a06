// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import io.github.fallbackai.test.wire.Answer;
import io.github.fallbackai.test.wire.Frame.Kind;
import io.github.fallbackai.test.wire.ProviderError;

/**
 * What happens to a request to a {@link ProviderSimulator}: what the answer is, how fast
 * it comes, and what goes wrong. Immutable; every method returns a copy.
 *
 * <p>
 * Places are counted in tokens: words of text, reasoning or refusal, pieces of tool
 * arguments. Like a provider, the simulator sends an answer that is not streamed when its
 * last token is generated. Its headers wait for all its tokens, so a fault before or
 * between tokens comes before its headers.
 */
public final class Outcome {

	private final Function<Rendering, Reply> content;

	private final Fault fault;

	private final Pace pace;

	private final Slicing slicing;

	private Outcome(Function<Rendering, Reply> content, Fault fault, Pace pace, Slicing slicing) {
		this.content = content;
		this.fault = fault;
		this.pace = pace;
		this.slicing = slicing;
	}

	private static Outcome of(Function<Rendering, Reply> content) {
		return new Outcome(content, Fault.NONE, Pace.INSTANT, Slicing.BY_FRAME);
	}

	/**
	 * Answers at once, with a text that depends only on the request.
	 * @return the outcome
	 * @see ProviderSimulator#answerTo(String)
	 */
	public static Outcome healthy() {
		return answer(Answer.standard());
	}

	/**
	 * Answers with this text.
	 * @param text the text, sent as it is even if the request asks for a continuation
	 * @return the outcome
	 */
	public static Outcome answer(String text) {
		return answer(Answer.text(text));
	}

	/**
	 * Answers with text, reasoning, tool calls, a refusal, or nothing.
	 * @param answer what is said
	 * @return the outcome
	 */
	public static Outcome answer(Answer answer) {
		return of((rendering) -> rendering.answer(answer));
	}

	/**
	 * Fails with a status and the error body that is typical of it.
	 * @param status the HTTP status
	 * @return the outcome
	 */
	public static Outcome status(int status) {
		return error(ProviderError.of(status));
	}

	/**
	 * Fails with an error in the provider's shape.
	 * @param error the error
	 * @return the outcome
	 */
	public static Outcome error(ProviderError error) {
		return of((rendering) -> rendering.error(error));
	}

	/**
	 * Answers with anything: an HTML page, broken JSON, a recorded stream.
	 * @param status the HTTP status
	 * @param contentType the content type
	 * @param body the body, sent in UTF-8
	 * @return the outcome
	 */
	public static Outcome raw(int status, String contentType, String body) {
		return of((rendering) -> rendering.raw(status, contentType, body));
	}

	/**
	 * Redirects with status 307, which asks the client to repeat its request elsewhere.
	 * @param location the other URL
	 * @return the outcome
	 */
	public static Outcome redirect(String location) {
		return raw(307, "text/plain", "").withHeader("Location", location);
	}

	/**
	 * Sets a response header.
	 * @param name the header's name; it replaces one of the simulator's own
	 * @param value the header's value
	 * @return a copy with that header
	 */
	public Outcome withHeader(String name, String value) {
		return changed((reply) -> reply.withHeader(name, value));
	}

	/**
	 * Lets time pass before the headers.
	 * @param delay how long; default 0
	 * @return a copy with that delay
	 */
	public Outcome headersAfter(Duration delay) {
		return paced(this.pace.withHeaders(delay));
	}

	/**
	 * Lets time pass between the headers and the first token.
	 * @param delay how long; default 0
	 * @return a copy with that delay
	 */
	public Outcome firstTokenAfter(Duration delay) {
		return paced(this.pace.withFirstToken(delay));
	}

	/**
	 * Lets time pass between two tokens.
	 * @param interval how long; default 0
	 * @return a copy with that pace
	 */
	public Outcome tokensEvery(Duration interval) {
		return paced(this.pace.withToken(interval));
	}

	/**
	 * Writes the body in HTTP chunks of equal length, regardless of events and
	 * characters; only a delay between tokens makes a shorter one.
	 * @param bytes the length of a chunk, at least 1
	 * @return a copy with that slicing
	 */
	public Outcome inChunksOf(int bytes) {
		requireAtLeast(1, bytes, "bytes");
		return new Outcome(this.content, this.fault, this.pace, Slicing.every(bytes));
	}

	/**
	 * Writes the body in HTTP chunks that end at the given places only (and at delays
	 * between tokens).
	 * @param positions positions in the body, in bytes
	 * @return a copy with that slicing
	 */
	public Outcome splitAt(int... positions) {
		return new Outcome(this.content, this.fault, this.pace, Slicing.at(positions));
	}

	/**
	 * Accepts the request and sends nothing, for ever.
	 * @return a copy that hangs
	 */
	public Outcome hangBeforeHeaders() {
		return changed((reply) -> reply.withoutHead().then(End.HANG));
	}

	/**
	 * Sends the headers and then nothing, for ever.
	 * @return a copy that hangs
	 */
	public Outcome hangAfterHeaders() {
		return changed((reply) -> reply.withFrames(List.of()).then(End.HANG));
	}

	/**
	 * Sends everything before the first token, such as the role, and then nothing, for
	 * ever.
	 * @return a copy that hangs
	 */
	public Outcome hangBeforeFirstToken() {
		return hangAfterTokens(0);
	}

	/**
	 * Sends some tokens and then nothing, for ever.
	 * @param tokens how many
	 * @return a copy that hangs
	 */
	public Outcome hangAfterTokens(int tokens) {
		requireAtLeast(0, tokens, "tokens");
		return changed((reply) -> reply.upToToken(tokens).then(End.HANG));
	}

	/**
	 * Sends everything but does not end the response.
	 * @return a copy that hangs
	 */
	public Outcome hangAtEnd() {
		return changed((reply) -> reply.then(End.HANG));
	}

	/**
	 * Sends the headers and then only keep-alives, for ever: the format's pings in a
	 * stream, empty lines otherwise.
	 * @param interval the time between two pings
	 * @return a copy that pings
	 */
	public Outcome pingForever(Duration interval) {
		return struck((rendering, reply) -> reply.withFrames(List.of()).then(End.repeat(rendering.ping(), interval)));
	}

	/**
	 * Closes the connection without a response.
	 * @return a copy that is cut
	 */
	public Outcome cutBeforeHeaders() {
		return changed((reply) -> reply.withoutHead().then(End.CUT));
	}

	/**
	 * Closes the connection after some tokens.
	 * @param tokens how many
	 * @return a copy that is cut
	 */
	public Outcome cutAfterTokens(int tokens) {
		requireAtLeast(0, tokens, "tokens");
		return changed((reply) -> reply.upToToken(tokens).then(End.CUT));
	}

	/**
	 * Closes the connection after some events of the stream, those without content
	 * included. A stream that has no more is not cut. Not streamed, the connection is
	 * closed without a response.
	 * @param events how many
	 * @return a copy that is cut
	 */
	public Outcome cutAfterEvents(int events) {
		requireAtLeast(0, events, "events");
		return changed((reply) -> reply.cutAfterFrames(events));
	}

	/**
	 * Sends some events of the stream, those without content included, and then nothing,
	 * for ever. Not streamed, nothing but the headers is sent.
	 * @param events how many
	 * @return a copy that hangs
	 */
	public Outcome hangAfterEvents(int events) {
		requireAtLeast(0, events, "events");
		return changed((reply) -> reply.upToFrame(events).then(End.HANG));
	}

	/**
	 * Sends an error in the stream after some of its events, those without content
	 * included, and ends. Not streamed, the answer is that error.
	 * @param events how many
	 * @param error the error
	 * @return a copy that fails
	 */
	public Outcome errorAfterEvents(int events, ProviderError error) {
		requireAtLeast(0, events, "events");
		return struck((rendering, reply) -> rendering.errorAfterEvents(reply, events, error));
	}

	/**
	 * Closes the connection after some bytes of the response as it goes over the wire:
	 * status line, headers and chunk sizes count. A shorter response is not cut.
	 * @param bytes how many
	 * @return a copy that is cut
	 */
	public Outcome cutAfterBytes(long bytes) {
		requireAtLeast(0, bytes, "bytes");
		return changed((reply) -> reply.limitedTo(bytes));
	}

	/**
	 * Sends everything, then closes the connection instead of ending the response.
	 * @return a copy that is cut
	 */
	public Outcome cutAtEnd() {
		return changed((reply) -> reply.then(End.CUT));
	}

	/**
	 * Cuts by a TCP reset instead of an orderly close; only together with a cut.
	 * @return a copy that resets the connection
	 */
	public Outcome byReset() {
		return changed(Reply::byReset);
	}

	/**
	 * Sends an error in the stream after some tokens, and ends. Not streamed, the answer
	 * is that error.
	 * @param tokens how many
	 * @param error the error
	 * @return a copy that fails
	 */
	public Outcome errorAfterTokens(int tokens, ProviderError error) {
		requireAtLeast(0, tokens, "tokens");
		return struck((rendering, reply) -> rendering.errorAfterTokens(reply, tokens, error));
	}

	/**
	 * Ends the stream after some tokens as if it were complete: as HTTP requires, but
	 * without a finish reason and without the provider's terminator.
	 * @param tokens how many
	 * @return a copy that ends early; a body that is not streamed stays as it is
	 */
	public Outcome endAfterTokens(int tokens) {
		requireAtLeast(0, tokens, "tokens");
		return changed((reply) -> reply.isWhole() ? reply : reply.upToToken(tokens));
	}

	/**
	 * Leaves out the event with the finish reason.
	 * @return a copy without it; a body that is not streamed stays as it is
	 */
	public Outcome withoutFinishReason() {
		return changed((reply) -> reply.without(Kind.FINISH));
	}

	/**
	 * Leaves out the event that ends the stream, such as {@code [DONE]}.
	 * @return a copy without it; a body that is not streamed stays as it is
	 */
	public Outcome withoutTerminator() {
		return changed((reply) -> reply.without(Kind.TERMINATOR));
	}

	/**
	 * Closes the connection after the response without announcing it.
	 * @return a copy that closes the connection
	 */
	public Outcome closeAfterwards() {
		return changed((reply) -> reply.then(End.CLOSE));
	}

	Performance perform(Rendering rendering) {
		Reply content = this.content.apply(rendering);
		Reply reply = rendering.refused() ? content : this.fault.strike(rendering, content);
		return new Performance(reply, this.pace, this.slicing);
	}

	private static void requireAtLeast(int least, long value, String name) {
		if (value < least) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ")");
		}
	}

	private Outcome changed(UnaryOperator<Reply> change) {
		return struck((rendering, reply) -> change.apply(reply));
	}

	private Outcome struck(Fault next) {
		return new Outcome(this.content, this.fault.andThen(next), this.pace, this.slicing);
	}

	private Outcome paced(Pace pace) {
		return new Outcome(this.content, this.fault, pace, this.slicing);
	}

}
