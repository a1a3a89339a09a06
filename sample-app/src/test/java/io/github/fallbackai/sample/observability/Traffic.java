// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.observability;

import java.time.Duration;
import java.util.Map;

import io.github.fallbackai.AiFallbackTemplate;
import io.github.fallbackai.sample.Chaos;
import org.awaitility.Awaitility;
import reactor.core.Disposable;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Lazy;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * Calls in good and in bad times, and what Prometheus sees of them.
 */
@TestComponent
class Traffic {

	/** Number of calls during an {@link #outage}. */
	static final int CALLS_IN_OUTAGE = 15;

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private static final String CALLS = "fallback_ai_calls_total";

	private final WebTestClient client;

	private final AiFallbackTemplate ai;

	private final Chaos chaos;

	Traffic(@Lazy WebTestClient client, AiFallbackTemplate ai, Chaos chaos) {
		this.client = client.mutate().codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1)).build();
		this.ai = ai;
		this.chaos = chaos;
	}

	/** Asks as often as told, whatever comes of it. */
	void ask(int times) {
		for (int i = 0; i < times; i++) {
			this.ai.chat("Hello").onErrorComplete().block(PATIENCE);
		}
	}

	/**
	 * The first provider hangs, breaks off and fails, then all do; one caller leaves. In
	 * the end all are healthy.
	 */
	void outage() {
		this.chaos.set("premium", "hang");
		ask(2);
		this.chaos.set("premium", "cut-mid-stream");
		// The stream is to break whichever provider begins it: the second provider is
		// asked too if
		// the first is slow.
		this.chaos.set("budget", "cut-mid-stream");
		this.ai.streamText("Hello").onErrorComplete().blockLast(PATIENCE);
		leave();
		this.chaos.set("premium", "500");
		ask(6);
		this.chaos.set("budget", "429");
		ask(2);
		this.chaos.setAll("500");
		ask(3);
		this.chaos.end();
	}

	private void leave() {
		this.chaos.set("premium", "hang-mid-stream");
		this.chaos.set("budget", "hang-mid-stream");
		double before = cancelled();
		Disposable call = this.ai.streamText("Hello").subscribe();
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> scrape().sum("fallback_ai_call_active_seconds_gcount", Map.of()) > 0);
		call.dispose();
		Awaitility.await().atMost(PATIENCE).until(() -> cancelled() > before);
		this.chaos.set("budget", "healthy");
	}

	private double cancelled() {
		return scrape().sum(CALLS, Map.of("outcome", "cancelled"));
	}

	Scrape scrape() {
		return Scrape.parse(this.client.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
	}

}
