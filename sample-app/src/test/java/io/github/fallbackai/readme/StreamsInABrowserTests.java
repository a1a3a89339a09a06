// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.fallbackai.sample.page.Chromium;
import io.github.fallbackai.test.Outcome;
import io.github.fallbackai.test.ProviderSimulatorExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs what {@code docs/streams-in-a-browser.md} tells its readers to write.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "fallback.ai.endpoints[0].name=primary", "fallback.ai.endpoints[0].model=large",
				"fallback.ai.endpoints[0].price.input=1", "fallback.ai.endpoints[0].price.output=2",
				"fallback.ai.endpoints[1].name=backup", "fallback.ai.endpoints[1].model=small",
				"fallback.ai.defaults.circuit-breaker.failure-threshold=1000",
				"fallback.ai.defaults.circuit-breaker.window=10000", "fallback.ai.defaults.timeout.first-content=2m",
				"fallback.ai.deadline=5m", "fallback.ai.gateway.enabled=false" })
@Tag("slow")
class StreamsInABrowserTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final String TEXT = "  Two  spaces, a line\nand\n\n\tanother: ä, \uD83D\uDE00. ";

	/** What the reader of the page writes. */
	private static final String PAGE = """
			const [question] = arguments;
			const finished = arguments[arguments.length - 1];
			const page = {
				text: "",
				append(text) { this.text += text; },
				clear() { this.text = ""; },
				done(answer) { finished({ text: this.text, answer }); },
				failed(message) { finished({ text: this.text, failed: message }); }
			};
			""";

	private static final String LISTEN = """
			const [path, question] = arguments;
			const source = new EventSource(path + "?question=" + question);
			window.ends = 0;
			source.onerror = () => window.ends++;
			window.sources = (window.sources ?? []).concat(source);
			""";

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final ProviderSimulatorExtension primary = ProviderSimulatorExtension.forEndpoint("primary");

	@RegisterExtension
	static final ProviderSimulatorExtension backup = ProviderSimulatorExtension.forEndpoint("backup");

	@LocalServerPort
	private int port;

	@BeforeEach
	void open() {
		List.of(primary, backup).forEach((simulator) -> simulator.answers((request) -> TEXT));
		chromium.driver().get("http://localhost:" + this.port + "/page");
		chromium.complaints();
	}

	@ParameterizedTest
	@EnumSource
	void showsEveryCharacterAndWhatItTook(Client client) throws IOException {
		Map<?, ?> shown = client.ask("", "Hello");
		assertThat(shown.get("text")).isEqualTo(TEXT);
		Map<?, ?> answer = (Map<?, ?>) shown.get("answer");
		assertThat(answer.get("endpoint")).isEqualTo("primary");
		assertThat(((Map<?, ?>) answer.get("usage")).get("outputTokens")).asString().isNotEqualTo("0");
		assertThat(((Map<?, ?>) answer.get("cost")).get("estimated")).isEqualTo(false);
		assertThat(primary.requestCount()).isEqualTo(1);
		assertThat(chromium.complaints()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void goesOnWithTheNextEndpoint(Client client) throws IOException {
		primary.next(Outcome.healthy().cutAfterTokens(3));
		Map<?, ?> shown = client.ask("", "Hello");
		assertThat(shown.get("text")).isEqualTo(TEXT);
		assertThat(((Map<?, ?>) shown.get("answer")).get("endpoint")).isEqualTo("backup");
	}

	@ParameterizedTest
	@EnumSource
	void saysThatTheCallFailed(Client client) throws IOException {
		primary.next(Outcome.status(500));
		backup.next(Outcome.status(500));
		assertThat(client.ask("", "Hello").get("failed"))
			.isEqualTo("No model could answer just now. Please try again in a moment.");
	}

	@ParameterizedTest
	@EnumSource
	void saysThatTheConnectionBroke(Client client) throws IOException {
		assertThat(client.ask("/broken", "Hello").get("failed")).isEqualTo("The connection broke.");
	}

	@Test
	void aPageThatDoesNotCloseItsSourceAsksOnce() {
		listen("/stream", "ours");
		listen("/plain", "plain");
		// What the browser does by itself, as a measure of time.
		Awaitility.await().atMost(PATIENCE).until(() -> asked("plain") > 2);
		assertThat(asked("ours")).isEqualTo(1);
	}

	@Test
	void aSourceThatComesAgainIsSentAway() {
		listen("/hasty", "hasty");
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> Boolean.TRUE
				.equals(chromium.driver().executeScript("return window.sources[0].readyState === EventSource.CLOSED")));
		assertThat(asked("hasty")).isEqualTo(1);
	}

	@Test
	void readmeAndPageOfDocumentationAgree() throws IOException {
		assertThat(snippets(Path.of("../README.md"), "js")).containsExactly(Client.EVENT_SOURCE.snippet());
		String controller = Files
			.readString(Path.of("src/test/java/io/github/fallbackai/readme/StreamController.java"));
		assertThat(snippets(Path.of("../docs/streams-in-a-browser.md"), "java"))
			.allSatisfy((snippet) -> assertThat(controller).contains(snippet.indent(4).replaceAll("(?m)^ {4}", "\t")));
		assertThat(Files.readString(Path.of("../README.md"))).contains("""
				@GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
					Flux<ServerSentEvent<String>> stream(@RequestParam String question) {
						return ChatEvents.textToSse(this.ai.streamText(question));
				""");
	}

	private static void listen(String path, String question) {
		chromium.driver().executeScript(LISTEN, path, question);
	}

	private static long asked(String question) {
		return primary.requests().stream().filter((request) -> request.lastUserMessage().equals(question)).count();
	}

	private static List<String> snippets(Path page, String language) throws IOException {
		return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(page))
			.results()
			.map((result) -> result.group(1))
			.toList();
	}

	/**
	 * How a page may read a stream.
	 */
	enum Client {

		EVENT_SOURCE, FETCH;

		String snippet() throws IOException {
			return snippets(Path.of("../docs/streams-in-a-browser.md"), "js").get(ordinal());
		}

		/** Asks below a path and returns what the page shows in the end. */
		Map<?, ?> ask(String root, String question) throws IOException {
			String url = Matcher.quoteReplacement("\"" + root + "/events?");
			String script = snippet().replaceAll("\"/events\\?", url);
			return (Map<?, ?>) chromium.driver().executeAsyncScript(PAGE + script + "ask(question, page);", question);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(StreamController.class)
	static class Application {

	}

}
