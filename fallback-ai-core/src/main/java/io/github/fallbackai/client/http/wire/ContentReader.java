package io.github.fallbackai.client.http.wire;

import java.util.function.Consumer;

/**
 * Makes something of a body while it arrives, piece by piece. Belongs to one response;
 * its methods are called one after another, on the thread that reads the connection, and
 * must not block. What one of them throws ends the response as an error.
 *
 * @param <T> type of what it makes
 */
public interface ContentReader<T> {

	/**
	 * The body is about to be read.
	 * @param out takes what is to be said before the body
	 */
	default void begin(Consumer<? super T> out) {
	}

	/**
	 * An event of a stream arrived.
	 * @param event the event, valid until this method returns
	 * @param out takes what the event means
	 * @return whether nothing of interest follows, so that reading may stop however long
	 * the server holds the connection
	 */
	boolean event(EventData event, Consumer<? super T> out);

	/**
	 * The body was no stream of events and is complete.
	 * @param bytes the whole body, not to be changed
	 * @param out takes what the document means
	 */
	void document(byte[] bytes, Consumer<? super T> out);

	/**
	 * The body ended in good order, or nothing of interest follows.
	 * @param out takes what is left to say
	 */
	void end(Consumer<? super T> out);

	/**
	 * Whether what was read is complete as far as one can tell, so that nothing that
	 * happens to the connection matters.
	 */
	default boolean complete() {
		return false;
	}

}
