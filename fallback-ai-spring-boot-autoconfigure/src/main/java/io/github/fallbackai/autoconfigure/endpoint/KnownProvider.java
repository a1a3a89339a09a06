// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.net.URI;

import io.github.fallbackai.client.http.provider.Authentication;
import io.github.fallbackai.client.http.provider.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * Defaults that the provider of an endpoint gives.
 *
 * @param url the address of an endpoint that sets none, {@code null} if there is no such
 * address
 * @param authentication how the key is sent
 */
public record KnownProvider(@Nullable URI url, Authentication authentication) {

	/** The provider of a client that the application brings. */
	public static final KnownProvider OWN_CLIENT = new KnownProvider(null, Authentication.BEARER);

	/** The provider whose format a dialect is. */
	public static KnownProvider of(Dialect dialect) {
		return new KnownProvider(dialect.defaultUrl(), dialect.authentication());
	}

}
