// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.fallbackai.client.http.wire.ResponseHead;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.RequestReplySenderContext;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an observed HTTP exchange. Its carrier takes headers to send, such
 * as those that carry a trace. Holds neither the request's headers nor a body.
 */
public class ExchangeObservationContext extends RequestReplySenderContext<Map<String, String>, ResponseHead> {

	private final URI uri;

	private volatile @Nullable Throwable failure;

	/**
	 * Creates the context of an exchange that begins.
	 * @param uri where the request goes
	 */
	public ExchangeObservationContext(URI uri) {
		super((headers, name, value) -> {
			if (headers != null) {
				headers.put(name, value);
			}
		}, Kind.CLIENT);
		this.uri = uri;
		setCarrier(new LinkedHashMap<>());
	}

	/** Where the request goes. */
	public URI getUri() {
		return this.uri;
	}

	/** What went wrong before there was an answer, {@code null} if nothing did. */
	public @Nullable Throwable getFailure() {
		return this.failure;
	}

	void setFailure(Throwable failure) {
		this.failure = failure;
	}

}
