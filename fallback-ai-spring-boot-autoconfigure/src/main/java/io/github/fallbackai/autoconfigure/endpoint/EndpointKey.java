// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.endpoint;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.fallbackai.autoconfigure.properties.EndpointProperties;
import io.github.fallbackai.client.http.StandardDialects;
import io.github.fallbackai.client.http.provider.Authentication;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.AuthScheme;
import io.github.fallbackai.endpoint.EndpointBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The key of an endpoint, or the file that holds it.
 */
final class EndpointKey {

	private static final String API_KEY_FILE = "api-key-file";

	private static final String SPARE_API_KEYS = "spare-api-keys";

	private EndpointKey() {
	}

	/** Whether the endpoint has a key, and sends it. */
	static boolean isSent(LayeredEndpointProperties source) {
		EndpointProperties properties = source.properties();
		return (properties.apiKey() != null || properties.getApiKeyFile() != null)
				&& properties.getAuth() != AuthScheme.NONE;
	}

	/**
	 * Finds a header of the endpoint's own that holds a key.
	 * @param source the endpoint
	 * @return the name of the header, {@code null} if there is none
	 */
	static @Nullable String inHeader(LayeredEndpointProperties source) {
		return source.properties()
			.getHeaders()
			.keySet()
			.stream()
			.filter((name) -> StandardDialects.keyHeaders().contains(name))
			.findFirst()
			.orElse(null);
	}

	static void add(LayeredEndpointProperties source, Authentication authentication, EndpointBuilder endpoint) {
		if (isSent(source)) {
			refuseSecondKey(source, authentication.keyHeader(source.properties().getAuth()));
		}
		String key = source.properties().apiKey();
		String file = source.properties().getApiKeyFile();
		if (key != null && file != null) {
			throw source.invalid(API_KEY_FILE, "the endpoint has an api-key too", "Set one of the two only.");
		}
		if (file != null) {
			endpoint.apiKeyFile(file(source, source.resolved(API_KEY_FILE, file)));
		}
		List<ApiKey> spare = new ArrayList<>();
		for (String each : source.properties().spareApiKeys()) {
			if (!each.isBlank()) {
				spare.add(key(source, SPARE_API_KEYS, source.resolved(SPARE_API_KEYS, each)));
			}
		}
		endpoint.spareApiKeys(spare);
		if (key != null) {
			endpoint.apiKey(key(source, LayeredEndpointProperties.API_KEY,
					source.resolved(LayeredEndpointProperties.API_KEY, key)));
		}
	}

	/** The endpoint's own headers win, so the key would silently have no effect. */
	private static void refuseSecondKey(LayeredEndpointProperties source, @Nullable String ofKey) {
		for (String header : source.properties().getHeaders().keySet()) {
			if (header.equalsIgnoreCase(ofKey)) {
				throw source.invalid("headers",
						header + " is where the key of endpoint '" + source.name() + "' is sent, which has an "
								+ ((source.properties().apiKey() != null) ? LayeredEndpointProperties.API_KEY
										: API_KEY_FILE)
								+ " too",
						"Remove one of the two, or set auth to none if the key shall not be sent.");
			}
		}
	}

	private static ApiKey key(LayeredEndpointProperties source, String property, String key) {
		try {
			return ApiKey.of(key);
		}
		catch (IllegalArgumentException ex) {
			throw source.invalid(property, "has a character that no key has",
					"Look for line breaks, quotation marks and letters outside ASCII in the key.");
		}
	}

	private static Path file(LayeredEndpointProperties source, String name) {
		try {
			Path file = Path.of(name);
			if (Files.isRegularFile(file) && Files.isReadable(file)) {
				return file;
			}
		}
		catch (InvalidPathException ex) {
			// Treated like no key.
		}
		throw source.invalid(API_KEY_FILE, "no file that can be read", "Set the path of a file that holds the key.");
	}

}
