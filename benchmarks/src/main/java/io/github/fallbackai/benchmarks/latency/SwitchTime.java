// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.latency;

import java.net.URI;
import java.util.Locale;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.benchmarks.Numbers;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.endpoint.BreakerSettings;
import io.github.fallbackai.endpoint.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how long a switch takes: from the moment in which a provider fails to the
 * moment in which the next endpoint has the request. Streams are asked one after the
 * other. Argument: how many for each kind of failure (default 3000, of which the first
 * third does not count).
 */
public final class SwitchTime {

	private static final Logger logger = LoggerFactory.getLogger(SwitchTime.class);

	private SwitchTime() {
	}

	/**
	 * Measures and prints a table.
	 * @param args see above
	 * @throws Exception if the provider cannot listen
	 */
	public static void main(String[] args) throws Exception {
		int calls = Numbers.of(args, 0, 3000);
		StringBuilder table = new StringBuilder("microseconds from the failure to the next request\n");
		try (FaultyProvider provider = new FaultyProvider()) {
			for (Fault fault : Fault.values()) {
				double[] micros = measure(provider, fault, calls);
				table.append(String.format(Locale.ROOT, "  %-12s median %8.0f, 99 %% %8.0f%n", fault,
						Numbers.median(micros), Numbers.quantile(micros, 0.99)));
			}
		}
		logger.info("{}", table);
	}

	private static double[] measure(FaultyProvider provider, Fault fault, int calls) {
		double[] micros = new double[calls - calls / 3];
		try (AiFallbackTemplate template = AiFallbackTemplate.builder()
			.endpoint(endpoint("primary", provider.url(fault)))
			.endpoint(endpoint("backup", provider.url()))
			.build()) {
			for (int call = 0; call < calls; call++) {
				// Every second call succeeds, so that no breaker opens.
				provider.fail(false);
				template.streamText("Hello").blockLast();
				provider.fail(true);
				if (!"backup".equals(template.stream(ChatRequest.of("Hello"))
					.ofType(ChatEvent.Completed.class)
					.map((completed) -> completed.response().endpoint())
					.blockLast())) {
					throw new IllegalStateException(fault + ": no switch");
				}
				if (call >= calls / 3) {
					micros[call - calls / 3] = provider.micros();
				}
			}
		}
		return micros;
	}

	private static Endpoint endpoint(String name, String url) {
		return Endpoint.named(name)
			.url(URI.create(url))
			.model("m")
			.breaker(BreakerSettings.builder().failureRate(100).build())
			.build();
	}

}
