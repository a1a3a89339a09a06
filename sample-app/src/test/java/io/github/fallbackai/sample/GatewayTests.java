// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

@DemoTest
@Tag("slow")
class GatewayTests {

	private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

	@Autowired
	private StartupMessage message;

	@Autowired
	private WebTestClient client;

	@Autowired
	private Chaos chaos;

	@LocalServerPort
	private int port;

	@BeforeEach
	void heal() {
		this.chaos.end();
	}

	@Test
	void answersToTheCommandThatIsPrinted() throws Exception {
		assumeThat(curlIsThere()).as("curl").isTrue();
		List<String> command = new ArrayList<>(command());
		// Not the ways of this machine: neither its ~/.curlrc nor its proxy. The first
		// must come first.
		command.addAll(1, List.of("-q", "--noproxy", "*"));
		Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
		try {
			String output = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(output).contains("chat.completion.chunk", "data: [DONE]");
		}
		finally {
			curl.destroy();
		}
	}

	@Test
	void wantsTheKeyThatIsPrinted() {
		String authorization = command().stream()
			.filter((word) -> word.startsWith("authorization: "))
			.findFirst()
			.orElseThrow()
			.substring("authorization: ".length());
		assertThat(authorization).matches("Bearer sk-[0-9a-f]{32}");
		this.client.get().uri("/v1/models").exchange().expectStatus().isUnauthorized().expectBody().returnResult();
		this.client.get()
			.uri("/v1/models")
			.header("authorization", authorization)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.data[*].id")
			.value((List<String> ids) -> assertThat(ids).contains("auto", "default", "premium", "simulated-mini-4"));
	}

	private List<String> command() {
		String line = this.message.text("http://localhost:" + this.port)
			.lines()
			.map(String::strip)
			.filter((text) -> text.startsWith("curl "))
			.findFirst()
			.orElseThrow();
		return WORD.matcher(line)
			.results()
			.map((MatchResult word) -> (word.group(1) != null) ? word.group(1) : word.group(2))
			.toList();
	}

	private static boolean curlIsThere() {
		try {
			Process version = new ProcessBuilder("curl", "--version").redirectErrorStream(true).start();
			version.getInputStream().readAllBytes();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
