// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.netty.PooledWire;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests of answers whose form is not the one that their headers or the request promise.
 */
public abstract class AnswerFormContract {

	private final Supplier<? extends PooledWire.Builder<?>> builder;

	private static final String ERROR = "{\"error\":{\"message\":\"no\",\"code\":\"insufficient_quota\"}}";

	private final PooledWire<?> wire;

	private final HttpEndpointClient client;

	protected AnswerFormContract(Supplier<? extends PooledWire.Builder<?>> builder) {
		this.builder = builder;
		this.wire = builder.get().build();
		this.client = HttpEndpointClient.of(new OpenAiDialect(), this.wire);
	}

	@AfterEach
	void closeWire() {
		this.wire.close();
	}

	static Stream<String> types() {
		return Stream.of("text/event-stream", "text/plain", "application/json", "application/octet-stream", "text/html",
				"");
	}

	@ParameterizedTest
	@MethodSource("types")
	void readsAStreamWhateverItIsCalled(String type) {
		String stream = text("openai/streams/text.sse");
		assertComplete(type, stream, true);
		assertComplete(type, stream, false);
		assertComplete(type, "\uFEFF\n: ping\n\n" + stream, true);
	}

	@ParameterizedTest
	@MethodSource("types")
	void readsADocumentWhateverItIsCalled(String type) {
		String document = text("openai/answers/text.json");
		assertComplete(type, document, true);
		assertComplete(type, document, false);
		assertComplete(type, "\uFEFF\n  " + document, true);
	}

	@ParameterizedTest
	@MethodSource("types")
	void findsAnErrorWhateverItIsCalled(String type) {
		assertThat(failure("200 OK", type, ERROR)).hasToString("QUOTA_EXHAUSTED, HTTP 200, insufficient_quota");
		assertThat(failure("200 OK", type, "<html>Log in</html>")).hasToString("INVALID_RESPONSE, HTTP 200");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			text/plain        | Service unavailable | INVALID_RESPONSE
			application/json  | 'dat'               | INVALID_RESPONSE
			application/json  | internal            | INVALID_RESPONSE
			text/event-stream | Service unavailable | CONNECTION_LOST
			text/event-stream | 'dat'               | CONNECTION_LOST
			""")
	void goesByTheHeaderWhereTheBodyDoesNotSay(String type, String body, String kind) {
		assertThat(failure("200 OK", type, body).kind()).hasToString(kind);
	}

	@ParameterizedTest
	@ValueSource(strings = { "200 OK", "204 No Content" })
	void anAnswerWithoutABodyIsEmpty(String status) {
		assertThat(failure(status, "", "").kind()).isEqualTo(FailureKind.EMPTY_RESPONSE);
		assertThat(failure(status, "application/json", "").kind()).isEqualTo(FailureKind.EMPTY_RESPONSE);
	}

	@Test
	void anAnswerMayHaveALongText() {
		String answer = text("openai/answers/text.json").replace("Guten", "x".repeat(21 << 20));
		assertComplete("application/json", answer, false);
	}

	@ParameterizedTest
	@MethodSource("types")
	void readsARefusalThatIsAnEvent(String type) {
		assertThat(failure("429 No", type, ": ping\n\nevent: error\ndata: " + ERROR + "\n\ndata: [DONE]\n\n"))
			.hasToString("QUOTA_EXHAUSTED, HTTP 429, insufficient_quota");
	}

	private void assertComplete(String type, String body, boolean streaming) {
		try (RawServer server = answering("200 OK", type, body)) {
			List<EndpointEvent> events = this.client.exchange(request(server, streaming))
				.collectList()
				.block(ClientFixture.LONG);
			assertThat(events).contains(new EndpointEvent.Finished(FinishReason.STOP, "stop"));
		}
	}

	private Failure failure(String status, String type, String body) {
		try (RawServer server = answering(status, type, body)) {
			return catchThrowableOfType(EndpointException.class,
					() -> this.client.exchange(request(server, true)).blockLast(ClientFixture.LONG))
				.failure();
		}
	}

	private static EndpointRequest request(RawServer server, boolean streaming) {
		return new EndpointRequest(ClientFixture.endpoint(server.uri()).build(), ChatRequest.of("Hi"), streaming);
	}

	private static RawServer answering(String status, String type, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		return RawServer.start((peer) -> {
			peer.readRequest();
			peer.write("HTTP/1.1 " + status + "\r\n" + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
					+ "Content-Length: " + bytes.length + "\r\n\r\n")
				.write(bytes)
				.awaitHangUp();
		});
	}

	private static String text(String fixture) {
		return new String(Fixtures.bytes(fixture), StandardCharsets.UTF_8);
	}

}
