// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.breaker;

import java.nio.file.Path;
import java.util.Locale;

import io.github.fallbackai.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * The account that a provider bills. Endpoints with the same account run out of credit
 * together.
 *
 * @param provider kind of provider
 * @param authority host and port of the provider
 * @param key the key, or the file that holds it
 */
record Account(String provider, String authority, Object key) {

	/**
	 * The account that an endpoint uses.
	 * @return the account, or {@code null} if the endpoint has no key
	 */
	static @Nullable Account of(Endpoint endpoint) {
		Path file = endpoint.apiKeyFile();
		Object key = (file != null) ? file : endpoint.apiKey();
		String authority = endpoint.url().getAuthority();
		if (key == null || authority == null) {
			return null;
		}
		return new Account(endpoint.provider(), authority.toLowerCase(Locale.ROOT), key);
	}

}
