package io.github.fallbackai.client.http;

import io.github.fallbackai.client.Credentials;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the key out of what a provider says. Codes, ids and names are shown to people and
 * written to logs, and a provider may well quote there what it was sent.
 */
final class QuotedKey {

	/** A shorter one may be part of a word, such as a code, by chance. */
	private static final int SHORTEST_PART = 8;

	private final String key;

	private QuotedKey(String key) {
		this.key = key;
	}

	static @Nullable QuotedKey of(@Nullable Credentials credentials) {
		return (credentials != null) ? new QuotedKey(credentials.key().reveal()) : null;
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
		boolean code = isIn(error.failure().providerCode());
		boolean id = isIn(error.failure().requestId());
		return (code || id) ? new EndpointException(error.failure().without(code, id)) : error;
	}

	private boolean isIn(@Nullable String text) {
		return text != null
				&& (text.equals(this.key) || (this.key.length() >= SHORTEST_PART && text.contains(this.key)));
	}

}
