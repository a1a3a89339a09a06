// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.gateway.RawProvider.Reply;
import io.github.fallbackai.policy.CallSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names of a provider, and of a client, that are made to forge a header, a line of a
 * stream or a line of the log. What the gateway writes is read byte for byte.
 */
@ResourceLock("io.github.fallbackai.failover")
class NamesFromOutsideTests {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final int LONGEST = 2000;

	private static final Set<String> HEADERS = Set.of("content-type", "content-length", "cache-control",
			"x-accel-buffering", "transfer-encoding", "connection", "vary", "retry-after", "x-fallback-ai-endpoint",
			"x-fallback-ai-model", "x-fallback-ai-attempts", "x-fallback-ai-left-out");

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.fallbackai");

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	@BeforeEach
	void record() {
		this.logger.setLevel(Level.DEBUG);
		// Other threads add to it while it is read.
		this.lines.list = new CopyOnWriteArrayList<>();
		this.lines.start();
		this.logger.addAppender(this.lines);
	}

	@AfterEach
	void stopRecording() {
		this.logger.detachAppender(this.lines);
		this.logger.setLevel(null);
	}

	static Stream<String> names() {
		return Stream.of("m\r\nx-forged: 1\r\n\r\nforged", "m\ndata: forged\n\n", "m\n\n: forged", "m\rdata: forged",
				"m\u2028forged\u2029", "m\u0085forged", "\u001b[2Jm", "\u009b31mm", "m\u202etxet", "m\u200b\ufeff",
				"m\u0000", "m\ud83d", "modèle", "m".repeat(1 << 17), "m\n".repeat(20_000));
	}

	@ParameterizedTest
	@MethodSource("names")
	void inAnAnswer(String name) {
		String word = json(name);
		Reply whole = new Reply(200, false, "{\"id\":" + word + ",\"model\":" + word
				+ ",\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":" + word + "}]}");
		Reply stream = new Reply(200, true,
				"data: {\"id\":" + word + ",\"model\":" + word
						+ ",\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: {\"choices\":[{\"delta\":{},"
						+ "\"finish_reason\":" + word + "}]}\n\ndata: [DONE]\n\n");
		try (RawProvider provider = RawProvider
			.replying((request) -> request.path("stream").asBoolean() ? stream : whole);
				GatewayServer gateway = GatewayServer.before(provider.endpoint("primary"))) {
			assertClean(ask(gateway, false, json("auto")));
			assertClean(ask(gateway, true, json("auto")));
		}
	}

	@ParameterizedTest
	@MethodSource("names")
	void ofAnEndpointThatBreaksOff(String name) {
		String word = json(name);
		Reply half = new Reply(200, true,
				"data: {\"id\":" + word + ",\"model\":" + word
						+ ",\"choices\":[{\"delta\":{\"content\":\"Half \"}}]}\n\ndata: {\"error\":{\"code\":" + word
						+ ",\"message\":" + word + "}}\n\n");
		try (RawProvider primary = RawProvider.replying((request) -> half);
				RawProvider backup = RawProvider.saying("and half");
				GatewayServer gateway = GatewayServer.before(primary.endpoint("primary"), backup.endpoint("backup"))) {
			String streamed = ask(gateway, true, json("auto"));
			assertClean(streamed);
			assertThat(streamed).contains("\n: fallback-ai switched from primary to backup after ");
		}
		assertLogClean();
	}

	@ParameterizedTest
	@MethodSource("names")
	void inAnError(String name) {
		String word = json(name);
		GatewaySettings defaults = GatewaySettings.DEFAULTS;
		GatewaySettings telling = new GatewaySettings(defaults.basePath(), defaults.passThrough(),
				defaults.maxRequestSize(), defaults.heartbeat(), true);
		for (int status : new int[] { 400, 403, 404, 429, 500 }) {
			Reply error = new Reply(status, false, "{\"error\":{\"message\":" + word + ",\"type\":" + word
					+ ",\"code\":" + word + ",\"param\":" + word + "}}");
			try (RawProvider provider = RawProvider.replying((request) -> error);
					GatewayServer gateway = GatewayServer.with(CallSettings.DEFAULTS, telling,
							provider.endpoint("primary"))) {
				assertClean(ask(gateway, false, json("auto")));
				assertClean(ask(gateway, true, json("auto")));
			}
		}
		assertLogClean();
	}

	@ParameterizedTest
	@MethodSource("names")
	void ofAClient(String name) {
		String word = json(name);
		try (RawProvider provider = RawProvider.saying("Hi");
				GatewayServer gateway = GatewayServer.before(provider.endpoint("primary"))) {
			assertClean(ask(gateway, false, word));
			assertClean(ask(gateway, true, word));
			assertClean(exchange(gateway,
					"{\"model\":\"auto\",\"messages\":[{\"role\":" + word + ",\"content\":\"Hi\"}]}"));
			assertClean(exchange(gateway,
					"{\"model\":\"auto\"," + word + ":1,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"));
		}
		assertLogClean();
	}

	/** Clients of the Messages API send members that are not known here. */
	@ParameterizedTest
	@MethodSource({ "names", "patterns" })
	void ofAClientsMember(String name) {
		String word = json(name);
		List<String> errors = List.of(
				"{\"error\":{\"message\":\"unknown\",\"code\":\"unknown_parameter\",\"param\":" + word + "}}",
				"{\"detail\":[{\"type\":\"extra_forbidden\",\"msg\":\"Extra inputs are not permitted\",\"loc\":[\"body\","
						+ word + "]}]}",
				"{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
						+ json(name + ": Extra inputs are not permitted") + "}}");
		for (String error : errors) {
			try (RawProvider provider = RawProvider.replying((request) -> new Reply(400, false, error));
					GatewayServer gateway = GatewayServer.before(provider.endpoint("primary", "anthropic"))) {
				String answer = exchange(gateway, "/v1/messages", "{\"model\":\"auto\",\"max_tokens\":9," + word
						+ ":1,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
				assertThat(answer).startsWith("HTTP/1.1 4");
				assertThat(provider.requests()).hasSizeLessThanOrEqualTo(1);
			}
		}
		assertLogClean();
	}

	/** Such a name would occupy a thread for hours if it were searched as a pattern. */
	static Stream<String> patterns() {
		return Stream.of("[\\s\\S]*".repeat(8) + "[^\\s\\S]", "(", "\\");
	}

	private static String ask(GatewayServer gateway, boolean stream, String model) {
		return exchange(gateway, "{\"model\":" + model + ",\"stream\":" + stream
				+ ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
	}

	/** Every byte of the answer, each as one character. */
	private static String exchange(GatewayServer gateway, String body) {
		return exchange(gateway, "/v1/chat/completions", body);
	}

	private static String exchange(GatewayServer gateway, String path, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
			socket.setSoTimeout(60_000);
			socket.getOutputStream()
				.write(("POST " + path + " HTTP/1.1\r\nConnection: close\r\nHost: gateway\r\nAuthorization: Bearer "
						+ GatewayServer.KEY + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length
						+ "\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().write(bytes);
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new AssertionError("no answer", ex);
		}
	}

	private static void assertClean(String answer) {
		int end = answer.indexOf("\r\n\r\n");
		String[] head = answer.substring(0, end).split("\r\n");
		assertThat(head[0]).matches("HTTP/1\\.[01] [1-5][0-9][0-9] [ -~]+");
		for (int line = 1; line < head.length; line++) {
			assertThat(head[line]).matches("[a-zA-Z-]+: [ -~]{0,300}");
			assertThat(HEADERS).contains(head[line].substring(0, head[line].indexOf(':')).toLowerCase());
		}
		String content = answer.substring(end + 4);
		if (answer.substring(0, end).toLowerCase().contains("transfer-encoding: chunked")) {
			content = unchunked(content);
		}
		String body = new String(content.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
		if (body.startsWith("{")) {
			assertNamesFit(read(body));
			return;
		}
		for (String line : body.split("\r\n|\r|\n", -1)) {
			if (line.startsWith("data: {")) {
				assertNamesFit(read(line.substring(6)));
			}
			else if (!line.isEmpty() && !line.equals("data: [DONE]")) {
				assertThat(line).matches(": [ -~]{0,600}");
			}
		}
	}

	private static String unchunked(String content) {
		StringBuilder text = new StringBuilder();
		for (int at = 0;;) {
			int line = content.indexOf("\r\n", at);
			int length = Integer.parseInt(content.substring(at, line), 16);
			if (length == 0) {
				return text.toString();
			}
			text.append(content, line + 2, line + 2 + length);
			at = line + 2 + length + 2;
		}
	}

	private static void assertNamesFit(JsonNode json) {
		for (String member : List.of("id", "model", "finish_reason", "code", "type", "param")) {
			json.findValues(member).forEach((value) -> assertFits(value.asText("")));
		}
		// What the provider said, if clients may read that: a text with lines.
		assertThat(json.at("/error/message").asText("")).hasSizeLessThanOrEqualTo(LONGEST);
	}

	private void assertLogClean() {
		for (ILoggingEvent line : this.lines.list) {
			assertFits(line.getFormattedMessage());
		}
	}

	private static void assertFits(String text) {
		assertThat(text.length()).isLessThan(LONGEST);
		assertThat(text).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
	}

	private static String json(String text) {
		try {
			return JSON.writeValueAsString(text);
		}
		catch (JsonProcessingException ex) {
			throw new AssertionError(ex);
		}
	}

	private static JsonNode read(String json) {
		try {
			return JSON.readTree(json);
		}
		catch (JsonProcessingException ex) {
			throw new AssertionError("no JSON: " + json, ex);
		}
	}

}
