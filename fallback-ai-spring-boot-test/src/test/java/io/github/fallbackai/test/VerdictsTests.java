// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import io.github.fallbackai.test.verdict.FaultCatalogue;
import io.github.fallbackai.test.verdict.Verdict;
import io.github.fallbackai.test.verdict.Verdict.Result;
import io.github.fallbackai.test.verdict.Verdicts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Verdicts on a program that does nothing about faults, and asks for whole answers.
 */
class VerdictsTests {

	private static final String BODY = """
			{"model":"any","messages":[{"role":"user","content":"%s"}]}""";

	private final ProviderSimulator provider = ProviderSimulator.create().start();

	private final HttpClient client = HttpClient.newHttpClient();

	@AfterEach
	void stop() {
		this.provider.close();
	}

	@Test
	void aProgramThatDoesNothingAboutFaultsSurvivesNone() {
		Verdicts verdicts = FaultCatalogue.of(this.provider).run(this::ask);
		// Without a fault, a slow machine may take longer than this program waits.
		assertThat(verdicts.failed()).filteredOn((verdict) -> !verdict.fault().equals("none"))
			.extracting(Verdict::result)
			.containsOnly(Result.FAILED);
		assertThat(verdicts.failed()).extracting(Verdict::fault)
			.contains("429", "500", "connection refused", "reset before an answer", "hang before headers",
					"cut after 0 tokens");
		assertThat(verdicts.failed()).filteredOn((verdict) -> verdict.fault().equals("500"))
			.extracting(Verdict::reason)
			.containsExactly("java.lang.IllegalStateException: status 500");
		assertThat(verdicts.all()).as("an answer that is not streamed is not cut between its tokens")
			.extracting(Verdict::fault)
			.doesNotContain("cut after 1 token");
	}

	private String ask(String question) throws Exception {
		HttpResponse<String> response = this.client
			.send(HttpRequest.newBuilder(URI.create(this.provider.url() + "/chat/completions"))
				.timeout(Duration.ofSeconds(2))
				.POST(BodyPublishers.ofString(BODY.formatted(question)))
				.build(), BodyHandlers.ofString());
		if (response.statusCode() != 200) {
			throw new IllegalStateException("status " + response.statusCode());
		}
		return response.body();
	}

}
