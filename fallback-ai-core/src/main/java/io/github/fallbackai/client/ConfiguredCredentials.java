// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import reactor.core.publisher.Mono;

/**
 * Credentials as an endpoint's configuration has them.
 */
final class ConfiguredCredentials implements CredentialsProvider {

	private final Map<Path, ApiKeyFile> files = new ConcurrentHashMap<>();

	@Override
	public Mono<Credentials> resolve(Endpoint endpoint, ChatRequest request) {
		Path file = endpoint.apiKeyFile();
		if (file != null) {
			return file(file).key().map(Credentials::of);
		}
		ApiKey key = endpoint.apiKey();
		return (key != null) ? Mono.just(Credentials.of(key)) : Mono.empty();
	}

	@Override
	public void invalidate(Endpoint endpoint, Credentials credentials) {
		Path file = endpoint.apiKeyFile();
		if (file != null) {
			file(file).invalidate(credentials.key());
		}
	}

	private ApiKeyFile file(Path path) {
		return this.files.computeIfAbsent(path, (file) -> new ApiKeyFile(file, System::nanoTime));
	}

}
