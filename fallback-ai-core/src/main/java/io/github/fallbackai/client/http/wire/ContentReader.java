// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import java.util.function.Consumer;

/**
 * Makes values from a body while it arrives, piece by piece. Belongs to one response. Its
 * methods are called one after another, on the thread that reads the connection, and must
 * not block. Only a document of more than 64 KB is read on another thread. An exception
 * of a method ends the response as an error.
 *
 * @param <T> type of the values
 */
public interface ContentReader<T> {

	/**
	 * The body is about to be read.
	 * @param out takes values that come before the body
	 */
	default void begin(Consumer<? super T> out) {
	}

	/**
	 * An event of a stream arrived.
	 * @param event the event, valid until this method returns
	 * @param out takes the values of the event
	 * @return whether nothing of interest follows, so that reading may stop even if the
	 * server keeps the connection open
	 */
	boolean event(EventData event, Consumer<? super T> out);

	/**
	 * The body was no stream of events and is complete.
	 * @param bytes the whole body, not to be changed
	 * @param out takes the values of the document
	 */
	void document(byte[] bytes, Consumer<? super T> out);

	/**
	 * The body ended normally, or nothing of interest follows.
	 * @param out takes the last values
	 */
	void end(Consumer<? super T> out);

	/**
	 * Whether the content read so far seems complete, so that an error of the connection
	 * does not matter.
	 */
	default boolean complete() {
		return false;
	}

}
