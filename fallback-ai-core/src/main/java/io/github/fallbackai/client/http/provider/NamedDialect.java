// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import java.net.URI;

import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What dialects have in common, whatever they ask for: a provider, and how it is reached.
 */
public abstract class NamedDialect implements Dialect {

	private final String provider;

	private final @Nullable URI defaultUrl;

	private final Authentication authentication;

	/**
	 * Creates a dialect.
	 * @param provider the provider's name
	 * @param defaultUrl the provider's base URL, {@code null} if it has no common one
	 * @param authentication how the provider expects its key
	 */
	protected NamedDialect(String provider, @Nullable URI defaultUrl, Authentication authentication) {
		this.provider = provider;
		this.defaultUrl = defaultUrl;
		this.authentication = authentication;
	}

	@Override
	public final String provider() {
		return this.provider;
	}

	@Override
	public final @Nullable URI defaultUrl() {
		return this.defaultUrl;
	}

	@Override
	public final Authentication authentication() {
		return this.authentication;
	}

	@Override
	public final Failure classify(ResponseHead head, byte[] body) {
		return ErrorClassifier.classify(ErrorReport.of(head, body));
	}

}
