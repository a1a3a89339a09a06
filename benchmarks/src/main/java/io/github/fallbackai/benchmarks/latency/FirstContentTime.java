// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.latency;

import java.net.URI;
import java.util.Locale;
import java.util.function.Supplier;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.benchmarks.Numbers;
import io.github.fallbackai.endpoint.Endpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;

/**
 * Compares the time to the first content of one stream with that of Spring's
 * {@code WebClient}. Both ask in turns, one stream at a time, in this process. Argument:
 * how many streams of each (default 6000, of which the first third does not count).
 */
public final class FirstContentTime {

	private static final Logger logger = LoggerFactory.getLogger(FirstContentTime.class);

	private static final String BODY = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}],"
			+ "\"stream\":true,\"stream_options\":{\"include_usage\":true}}";

	private FirstContentTime() {
	}

	/**
	 * Measures and prints medians.
	 * @param args see above
	 * @throws Exception if the provider cannot listen
	 */
	public static void main(String[] args) throws Exception {
		int calls = Numbers.of(args, 0, 6000);
		try (FaultyProvider provider = new FaultyProvider();
				AiFallbackTemplate template = AiFallbackTemplate.builder()
					.endpoint(Endpoint.named("primary").url(URI.create(provider.url())).model("m").build())
					.endpoint(Endpoint.named("backup").url(URI.create(provider.url())).model("m").build())
					.build()) {
			WebClient http = WebClient.create();
			Supplier<Flux<String>> raw = () -> http.post()
				.uri(URI.create(provider.url() + "/chat/completions"))
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(BODY)
				.retrieve()
				.bodyToFlux(String.class);
			double[] directly = new double[calls - calls / 3];
			double[] ours = new double[calls - calls / 3];
			for (int call = 0; call < calls; call++) {
				int counted = call - calls / 3;
				double one = micros(raw.get());
				double other = micros(template.streamText("Hello"));
				if (counted >= 0) {
					directly[counted] = one;
					ours[counted] = other;
				}
			}
			logger.info("{}",
					String.format(Locale.ROOT,
							"median time to the first content in microseconds: WebClient %.0f, fallback-ai %.0f",
							Numbers.median(directly), Numbers.median(ours)));
		}
	}

	/** Reads all, so that the connection is there for the next. */
	private static double micros(Flux<String> stream) {
		long start = System.nanoTime();
		long[] first = new long[1];
		stream.doOnNext((text) -> first[0] = (first[0] != 0) ? first[0] : System.nanoTime()).blockLast();
		return (first[0] - start) / 1000.0;
	}

}
