// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.RawServer.Script;
import io.github.fallbackai.client.http.netty.PooledWire;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.client.http.wire.ResponseLimits;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.endpoint.Endpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that keys, prompts and the provider's words stay out of logs, down to TRACE, and
 * out of exceptions, however a call ends.
 */
public abstract class SecrecyContract {

	private final Supplier<? extends PooledWire.Builder<?>> builder;

	private static final String KEY = "sk-4f9b61c07d";

	private static final String PROMPT = "prompt-8c2e5a91b3";

	private static final String WORDS = "words-71d3f0e6a4";

	private final List<String> logged = new CopyOnWriteArrayList<>();

	private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

	private final Logger root = this.context.getLogger(Logger.ROOT_LOGGER_NAME);

	private final List<Appender<ILoggingEvent>> appenders = new ArrayList<>();

	private final List<Logger> levelled = new ArrayList<>();

	private final List<Level> levels = new ArrayList<>();

	private final Recorder recorder = new Recorder();

	private final PooledWire<?> wire;

	private final HttpEndpointClient client;

	protected SecrecyContract(Supplier<? extends PooledWire.Builder<?>> builder) {
		this.builder = builder;
		this.wire = builder.get().limits(new ResponseLimits(9000, 900, 900)).build();
		this.client = HttpEndpointClient.of(new OpenAiDialect(), this.wire);
	}

	@BeforeEach
	void recordEverything() {
		for (Logger logger : this.context.getLoggerList()) {
			if (logger.getLevel() != null) {
				this.levelled.add(logger);
				this.levels.add(logger.getLevel());
				logger.setLevel(Level.TRACE);
			}
		}
		this.root.iteratorForAppenders().forEachRemaining(this.appenders::add);
		this.appenders.forEach(this.root::detachAppender);
		this.recorder.setContext(this.context);
		this.recorder.start();
		this.root.addAppender(this.recorder);
	}

	@AfterEach
	void restore() {
		this.wire.close();
		this.root.detachAppender(this.recorder);
		this.appenders.forEach(this.root::addAppender);
		for (int i = 0; i < this.levelled.size(); i++) {
			this.levelled.get(i).setLevel(this.levels.get(i));
		}
	}

	static Stream<Arguments> waysToEnd() {
		String echo = KEY + " " + PROMPT + " " + WORDS;
		String error = "{\"error\":{\"message\":\"" + echo + "\",\"type\":\"" + echo + "\",\"code\":\"" + echo + "\"}}";
		String answer = "{\"choices\":[{\"message\":{\"content\":\"" + WORDS + "\"},\"finish_reason\":\"stop\"}]}";
		return Stream.of(way("an answer", response("200 OK", answer)), way("a refused key", response("401 No", error)),
				way("a rate limit", response("429 No", error)), way("a refusal", response("400 No", error)),
				way("a refused parameter",
						response("400 No",
								"{\"error\":{\"message\":\"" + WORDS
										+ "\",\"code\":\"unsupported_value\",\"param\":\"stream_options\"}}")),
				way("a broken server", response("500 No", error)), way("an error within a success", events(error)),
				way("text for an error", response("503 No", echo)),
				way("a page", response("403 No", "<html>" + echo + "</html>")),
				way("text for an answer", response("200 OK", echo)), way("text within a stream", events(echo)),
				way("half an answer", response("200 OK", "{\"choices\":[{\"message\":{\"content\":\"" + WORDS)),
				way("the key for a code", response("400 No", "{\"error\":{\"code\":\"" + KEY + "\"}}")),
				way("the key in a code", response("401 No", "{\"error\":{\"code\":\"no_" + KEY + "\"}}")),
				way("the key for an id", "HTTP/1.1 503 No\r\nX-Request-Id: " + KEY + "\r\nContent-Length: 0\r\n\r\n"),
				way("the key for a model",
						response("200 OK", "{\"id\":\"" + KEY + "\",\"model\":\"" + KEY + "\","
								+ "\"choices\":[{\"message\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}")),
				way("a redirect",
						"HTTP/1.1 307 No\r\nLocation: http://127.0.0.1:9/" + WORDS + "\r\nContent-Length: 0\r\n\r\n"),
				way("no HTTP at all", WORDS + " " + KEY + " " + PROMPT + "\r\n\r\n"),
				way("a version that is none", WORDS + "/1.1 200 OK\r\n\r\n"),
				way("a status that is none", "HTTP/1.1 " + WORDS + " OK\r\n\r\n"),
				way("a header that is none", "HTTP/1.1 200 OK\r\nX " + WORDS + ": a\r\n b\u0000 c\r\n\r\n"),
				way("a chunk that is none", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + WORDS + "\r\n"),
				way("headers without end", "HTTP/1.1 200 OK\r\nX-Words: " + WORDS.repeat(5000)),
				way("broken compression",
						"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 16\r\n\r\n" + WORDS),
				way("a body that is too long", response("200 OK", WORDS.repeat(1000))),
				way("an event that is too long", events(WORDS.repeat(100))),
				way("a stream that breaks",
						"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
								+ "data: {\"choices\":[{\"delta\":{\"content\":\"" + WORDS + "\"}}]}\n\n"),
				way("nothing at all", ""));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("waysToEnd")
	void nothingIsToldWhenACallEndsWith(String way, String response) {
		try (RawServer server = RawServer.start(answering(response))) {
			assertSecrecy(server.uri());
			assertThat(server.peers().get(0).requests().get(0)).contains(KEY);
			assertThat(server.peers().get(0).bodies().get(0)).contains(PROMPT);
		}
		assertThat(this.logged).as("traces of Netty").anyMatch((line) -> line.contains("reactor.netty"));
	}

	@Test
	void aKeyThatIsAHeaderIsNotToldEither() {
		String error = "{\"error\":{\"code\":\"" + KEY + "\"}}";
		try (RawServer server = RawServer.start(answering(response("400 No", error)))) {
			Endpoint endpoint = Endpoint.named("primary")
				.url(server.uri())
				.model("m")
				.header("Authorization", "Bearer " + KEY)
				.build();
			EndpointRequest request = new EndpointRequest(endpoint, ChatRequest.of(PROMPT), true);
			assertThat(catchThrowable(() -> this.client.exchange(request).blockLast(ClientFixture.LONG)))
				.hasMessageNotContaining(KEY);
			assertThat(server.peers().get(0).requests().get(0)).contains(KEY);
		}
	}

	@Test
	void nothingIsToldWhenNobodyAnswers() {
		assertSecrecy(URI.create("http://127.0.0.1:1/v1"));
		assertSecrecy(URI.create("https://127.0.0.1:1/v1"));
		assertSecrecy(URI.create("https://no-such-host.invalid/v1"));
	}

	@Test
	void nothingIsToldWhenTheServerSpeaksNoTls() {
		String hex = HexFormat.of().formatHex(WORDS.getBytes(UTF_8));
		try (RawServer server = RawServer
			.start((peer) -> peer.write("HTTP/1.1 400 " + WORDS + "\r\n\r\n").awaitHangUp())) {
			assertSecrecy(URI.create(server.uri().toString().replace("http:", "https:")));
		}
		assertThat(this.logged).noneMatch((line) -> line.contains(hex));
	}

	private void assertSecrecy(URI uri) {
		Endpoint endpoint = Endpoint.named("primary").url(uri).model("m").apiKey(ApiKey.of(KEY)).build();
		EndpointRequest request = new EndpointRequest(endpoint, ChatRequest.of(PROMPT), true);
		Throwable error = catchThrowable(() -> this.client.exchange(request)
			.doOnNext((event) -> assertThat(event.toString()).doesNotContain(KEY))
			.blockLast(ClientFixture.LONG));
		for (Throwable cause = error; cause != null; cause = cause.getCause()) {
			assertThat(cause).isNotInstanceOf(AssertionError.class);
			assertThat(cause.toString()).doesNotContain(KEY, PROMPT, WORDS);
			if (cause instanceof EndpointException failed) {
				assertThat(failed.failure().requestId()).isNotEqualTo(KEY);
			}
		}
		assertThat(request.toString()).doesNotContain(KEY, PROMPT);
		assertThat(this.logged).allSatisfy((line) -> assertThat(line).doesNotContain(KEY, PROMPT, WORDS));
	}

	private static Script answering(String response) {
		return (peer) -> {
			while (true) {
				peer.readRequest();
				peer.write(response);
				if (!response.contains("Content-Length")) {
					peer.close();
				}
			}
		};
	}

	private static Arguments way(String name, String response) {
		return Arguments.of(name, response);
	}

	private static String response(String status, String body) {
		return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
				+ "\r\n\r\n" + body;
	}

	private static String events(String data) {
		return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: " + data + "\n\n";
	}

	/**
	 * Keeps what is logged, exceptions and their causes included.
	 */
	private final class Recorder extends AppenderBase<ILoggingEvent> {

		@Override
		protected void append(ILoggingEvent event) {
			StringBuilder line = new StringBuilder(event.getLoggerName()).append(' ')
				.append(event.getFormattedMessage());
			for (var error = event.getThrowableProxy(); error != null; error = error.getCause()) {
				line.append(" / ").append(error.getClassName()).append(": ").append(error.getMessage());
			}
			SecrecyContract.this.logged.add(line.toString());
		}

	}

}
