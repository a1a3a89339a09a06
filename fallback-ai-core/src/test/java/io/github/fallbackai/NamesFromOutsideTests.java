// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.client.http.RawServer;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.event.LoggingCallListener;
import io.github.fallbackai.failure.AiFallbackException;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.observation.GenAiMeterObservationHandler;
import io.github.fallbackai.observation.MeteringCallListener;
import io.github.fallbackai.observation.ObservingCallListener;
import io.github.fallbackai.suite.Patience;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Names and words of a provider in its answers, errors and headers, made to forge a line,
 * to move the cursor, to turn the direction of writing, or just very long, wherever this
 * library shows them.
 */
class NamesFromOutsideTests {

	private static final ObjectMapper JSON = new ObjectMapper();

	private static final int LONGEST_LINE = 2000;

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.fallbackai");

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final ObservationRegistry observations = ObservationRegistry.create();

	static Stream<String> names() {
		return Stream.of("m\r\n2026-01-01 WARN forged", "m\u2028forged\u2029", "m\u0085forged", "\u001b[2J\u001b[31mm",
				"\u009b31mm", "m\u202etxet\u2066", "m\u200b\u200d\ufeff", "m\u0000", "m\ud83d", "m\udb40\udc41",
				"m".repeat(1 << 20), "m\n".repeat(100_000), "\u202e".repeat(100_000));
	}

	@BeforeEach
	void record() {
		this.logger.setLevel(Level.DEBUG);
		this.lines.start();
		this.logger.addAppender(this.lines);
		this.observations.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(this.meters))
			.observationHandler(new GenAiMeterObservationHandler(this.meters));
	}

	@AfterEach
	void stopRecording() {
		this.logger.detachAppender(this.lines);
		this.logger.setLevel(null);
	}

	@ParameterizedTest
	@MethodSource("names")
	void inAnAnswer(String name) throws JsonProcessingException {
		String word = JSON.writeValueAsString(name);
		String answer = "{\"id\":" + word + ",\"model\":" + word + ",\"choices\":[{\"message\":{\"content\":\"Hi\","
				+ "\"annotations\":[{\"type\":" + word + ",\"url\":" + word + "}]},\"finish_reason\":" + word + "}]}";
		try (RawServer server = RawServer.start((peer) -> respond(peer, "200 OK", answer, name));
				AiFallbackTemplate ai = template(server)) {
			ChatResponse response = ai.chat("Hello?").block(Patience.LIMITS.total());
			assertFits(response.model());
			assertFits(response.id());
			assertFits(response.rawFinishReason());
			response.attempts().forEach(NamesFromOutsideTests::assertFits);
		}
		assertNothingSpoilt();
	}

	@ParameterizedTest
	@MethodSource("names")
	void inAStream(String name) throws JsonProcessingException {
		String word = JSON.writeValueAsString(name);
		String stream = "event: " + name.replaceAll("[\r\n]", " ") + "\ndata: {\"id\":" + word + ",\"model\":" + word
				+ ",\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: {\"choices\":[{\"delta\":{},\"finish_reason\":"
				+ word + "}]}\n\ndata: [DONE]\n\n";
		try (RawServer server = RawServer.start((peer) -> respond(peer, "200 OK", stream, name));
				AiFallbackTemplate ai = template(server)) {
			// A finish reason of white space only is none.
			ai.chat("Hello?")
				.onErrorResume(AiFallbackException.class, (error) -> Mono.empty())
				.blockOptional(Patience.LIMITS.total())
				.ifPresent((response) -> assertFits(response.model()));
		}
		assertNothingSpoilt();
	}

	@ParameterizedTest
	@MethodSource("names")
	void inAnError(String name) throws JsonProcessingException {
		String word = JSON.writeValueAsString(name);
		String error = "{\"error\":{\"message\":" + word + ",\"type\":" + word + ",\"code\":" + word + ",\"param\":"
				+ word + ",\"status\":" + word + "}}";
		for (String status : List.of("400 Bad", "403 No", "429 Slow", "500 Oh", "200 OK")) {
			try (RawServer server = RawServer.start((peer) -> respond(peer, status, error, name));
					AiFallbackTemplate ai = template(server)) {
				AiFallbackException failed = catchThrowableOfType(AiFallbackException.class,
						() -> ai.chat("Hello?").block(Patience.LIMITS.total()));
				assertFits(failed.getMessage());
				failed.attempts().forEach(NamesFromOutsideTests::assertFits);
				assertFits(String.valueOf(ai.status()));
			}
		}
		assertNothingSpoilt();
	}

	/**
	 * Headers have no control characters, but any other byte and some kilobytes of them.
	 */
	private static void respond(RawServer.Peer peer, String status, String body, String name) throws IOException {
		String header = name.replaceAll("\\p{Cntrl}", " ").substring(0, Math.min(name.length(), 2000));
		peer.readRequest();
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		peer.write("HTTP/1.1 " + status + "\r\nx-request-id: " + header + "\r\nretry-after: " + header
				+ "\r\nx-ratelimit-remaining-requests: " + header + "\r\nContent-Type: "
				+ (body.startsWith("{") ? "application/json" : "text/event-stream") + "\r\nContent-Length: "
				+ bytes.length + "\r\n\r\n")
			.write(bytes)
			.awaitHangUp();
	}

	private AiFallbackTemplate template(RawServer server) {
		return AiFallbackTemplate.builder()
			.endpoint(Endpoint.named("primary").url(server.uri()).model("m").limits(Patience.LIMITS).build())
			.listeners(List.of(new LoggingCallListener(() -> null, true),
					new ObservingCallListener(this.observations, null, null), new MeteringCallListener(this.meters)))
			.build();
	}

	private void assertNothingSpoilt() {
		assertThat(this.lines.list).isNotEmpty();
		for (ILoggingEvent line : this.lines.list) {
			assertFits(line.getFormattedMessage());
			assertThat(line.getThrowableProxy()).isNull();
		}
		this.meters.getMeters()
			.forEach((meter) -> meter.getId().getTagsAsIterable().forEach((Tag tag) -> assertFits(tag.getValue())));
	}

	private static void assertFits(Attempt attempt) {
		assertFits(attempt.toString());
		assertFits(attempt.describe());
	}

	private static void assertFits(String text) {
		if (text != null) {
			assertThat(text.length()).isLessThan(LONGEST_LINE);
			assertThat(text).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
		}
	}

}
