// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.suite;

import java.lang.reflect.Field;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.test.ProviderSimulator;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Makes one call before the first test class that has a provider: loading all that a call
 * needs takes a slow machine longer than the default limits of an endpoint. Registered
 * for all tests of the module.
 */
public class WarmUpExtension implements BeforeAllCallback {

	private static final Duration LONG = Duration.ofMinutes(5);

	private static final AtomicBoolean warm = new AtomicBoolean();

	@Override
	public void beforeAll(ExtensionContext context) {
		boolean calls = Stream.of(context.getRequiredTestClass().getDeclaredFields())
			.map(Field::getType)
			.anyMatch(ProviderSimulator.class::isAssignableFrom);
		if (calls && warm.compareAndSet(false, true)) {
			call();
		}
	}

	private static void call() {
		try (ProviderSimulator provider = ProviderSimulator.create()) {
			Endpoint endpoint = Endpoint.named("warm-up")
				.url(URI.create(provider.url()))
				.model("any")
				.limits(Patience.LIMITS)
				.build();
			try (AiFallbackTemplate template = AiFallbackTemplate.builder()
				.endpoint(endpoint)
				.listeners(List.of())
				.build()) {
				// Whether calls succeed is for the tests to say.
				template.streamText("Hello").onErrorComplete().blockLast(LONG);
			}
		}
	}

}
