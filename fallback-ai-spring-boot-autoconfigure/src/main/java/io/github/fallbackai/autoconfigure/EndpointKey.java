package io.github.fallbackai.autoconfigure;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.EndpointBuilder;

/**
 * The key of an endpoint, or the file that holds it.
 */
final class EndpointKey {

	private static final String API_KEY_FILE = "api-key-file";

	private EndpointKey() {
	}

	static void add(LayeredEndpoint source, EndpointBuilder endpoint) {
		String key = source.properties().apiKey();
		String file = source.properties().getApiKeyFile();
		if (key != null && file != null) {
			throw source.invalid(API_KEY_FILE, "the endpoint has an api-key too", "Set one of the two only.");
		}
		if (file != null) {
			endpoint.apiKeyFile(file(source, source.resolved(API_KEY_FILE, file)));
		}
		if (key != null) {
			endpoint.apiKey(key(source, source.resolved(LayeredEndpoint.API_KEY, key)));
		}
	}

	private static ApiKey key(LayeredEndpoint source, String key) {
		try {
			return ApiKey.of(key);
		}
		catch (IllegalArgumentException ex) {
			throw source.invalid(LayeredEndpoint.API_KEY, "has a character that no key has",
					"Look for line breaks, quotation marks and letters outside ASCII in the key.");
		}
	}

	private static Path file(LayeredEndpoint source, String name) {
		try {
			Path file = Path.of(name);
			if (Files.isRegularFile(file) && Files.isReadable(file)) {
				return file;
			}
		}
		catch (InvalidPathException ex) {
			// As good as none.
		}
		throw source.invalid(API_KEY_FILE, "no file that can be read", "Set the path of a file that holds the key.");
	}

}
