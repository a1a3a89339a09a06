// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fallbackai.client.Credentials;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.provider.ProviderJson;
import io.github.fallbackai.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Removes the key from what a provider says. Codes, ids and names are shown and logged,
 * and a provider may quote the request there.
 */
final class QuotedKey {

	/** A shorter part of a key may be in a word, such as a code, by chance. */
	private static final int SHORTEST_PART = 8;

	private final List<String> keys = new ArrayList<>(2);

	/**
	 * Knows the keys of a request: its credentials and the endpoint's own headers.
	 * @param credentials the credentials of the request, {@code null} if it had none
	 * @param headers the headers that were sent
	 */
	QuotedKey(@Nullable Credentials credentials, Map<String, String> headers) {
		if (credentials != null) {
			this.keys.add(credentials.key().reveal());
		}
		headers.forEach((name, value) -> {
			if (StandardDialects.keyHeaders().contains(name)) {
				this.keys.add(value.substring(value.lastIndexOf(' ') + 1));
			}
		});
	}

	EndpointEvent removedFrom(EndpointEvent event) {
		if (event instanceof EndpointEvent.Accepted accepted && isIn(accepted.requestId())) {
			return new EndpointEvent.Accepted(accepted.httpStatus(), null, accepted.exhaustedFor());
		}
		if (event instanceof EndpointEvent.Identified named && (isIn(named.id()) || isIn(named.model()))) {
			return new EndpointEvent.Identified(isIn(named.id()) ? null : named.id(),
					isIn(named.model()) ? null : named.model());
		}
		return event;
	}

	EndpointException removedFrom(EndpointException error) {
		Failure failure = error.failure();
		boolean code = isIn(failure.providerCode());
		boolean id = isIn(failure.requestId());
		boolean message = isIn(failure.providerMessage());
		boolean body = isInJson(failure.providerBody());
		if (!(code || id || message || body)) {
			return error;
		}
		return new EndpointException(failure.without(code, id)
			.withProviderWords(message ? null : failure.providerMessage(), body ? null : failure.providerBody()));
	}

	/** Characters of a key may be escaped there. */
	private boolean isInJson(@Nullable String body) {
		JsonNode json = (body != null) ? ProviderJson.read(body) : null;
		return isIn(body) || (json != null && isIn(json.toString()));
	}

	private boolean isIn(@Nullable String text) {
		if (text == null) {
			return false;
		}
		for (String key : this.keys) {
			if (text.equals(key) || (key.length() >= SHORTEST_PART && text.contains(key))) {
				return true;
			}
		}
		return false;
	}

}
