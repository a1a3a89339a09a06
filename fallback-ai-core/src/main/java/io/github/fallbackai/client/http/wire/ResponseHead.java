// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.wire;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Status and headers of a response. Immutable. {@code toString()} shows the status only.
 */
public final class ResponseHead {

	private static final String EVENT_STREAM = "text/event-stream";

	private final int status;

	private final Function<String, @Nullable String> headers;

	/**
	 * Creates a head.
	 * @param status the HTTP status
	 * @param headers the headers, the first one of repeated ones; case of names does not
	 * matter
	 */
	public ResponseHead(int status, Map<String, String> headers) {
		Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		copy.putAll(headers);
		this.status = status;
		this.headers = copy::get;
	}

	/**
	 * Creates a head.
	 * @param status the HTTP status
	 * @param headers finds the first value of a header by its name in any case, and does
	 * not change
	 */
	public ResponseHead(int status, Function<String, @Nullable String> headers) {
		this.status = status;
		this.headers = headers;
	}

	/** The HTTP status. */
	public int status() {
		return this.status;
	}

	/** Whether the status is a success. */
	public boolean success() {
		return this.status >= 200 && this.status < 300;
	}

	/**
	 * Looks up a header.
	 * @param name the name, in any case
	 * @return its first value, or {@code null} if it is absent
	 */
	public @Nullable String header(String name) {
		return this.headers.apply(name);
	}

	/**
	 * The media type of the body without parameters, in lower case; empty if the server
	 * did not say.
	 */
	public String mediaType() {
		String header = header("Content-Type");
		String value = (header != null) ? header : "";
		int parameters = value.indexOf(';');
		return ((parameters < 0) ? value : value.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
	}

	/** Whether the server says that the body is a stream of events. */
	public boolean eventStream() {
		return mediaType().equals(EVENT_STREAM);
	}

	@Override
	public String toString() {
		return "ResponseHead[" + this.status + "]";
	}

}
