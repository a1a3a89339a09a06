// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider;

import io.github.fallbackai.endpoint.AuthScheme;
import org.jspecify.annotations.Nullable;

/**
 * How a provider expects its key.
 *
 * @param scheme how the key is sent unless an endpoint says otherwise
 * @param apiKeyHeader name of the header for {@link AuthScheme#API_KEY}
 */
public record Authentication(AuthScheme scheme, String apiKeyHeader) {

	/** The header of bearer tokens. */
	public static final String AUTHORIZATION = "Authorization";

	/** A bearer token; {@code api-key} for endpoints that use a separate header. */
	public static final Authentication BEARER = new Authentication(AuthScheme.BEARER, "api-key");

	/** The key in a header of the provider's own. */
	public static Authentication header(String name) {
		return new Authentication(AuthScheme.API_KEY, name);
	}

	/**
	 * Name of the header in which the key is sent.
	 * @param configured the endpoint's setting, {@code null} if it has none
	 * @return the name, {@code null} if the key is not sent
	 */
	public @Nullable String keyHeader(@Nullable AuthScheme configured) {
		return switch ((configured != null) ? configured : this.scheme) {
			case BEARER -> AUTHORIZATION;
			case API_KEY -> this.apiKeyHeader;
			case NONE -> null;
		};
	}

}
