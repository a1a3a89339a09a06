// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.completions;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.StandardDialects;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.fuzz.FuzzTarget;
import io.github.fallbackai.gateway.completions.CompletionRequest;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.intake.Body;
import io.github.fallbackai.gateway.intake.BodyLimits;
import io.github.fallbackai.gateway.intake.BodyReader;
import io.github.fallbackai.gateway.intake.RefusedBodyException;
import io.github.fallbackai.gateway.intake.Room;
import io.github.fallbackai.gateway.intake.Seat;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request is decoded, or refused as the client's mistake, whatever its bytes and
 * however they are split. What is decoded can be sent to any provider that can express
 * it.
 */
public final class RequestReading implements FuzzTarget {

	/** A name whose bytes were no text is longer in what is sent than in the input. */
	private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
		.streamReadConstraints(StreamReadConstraints.builder().maxNameLength(1 << 20).build())
		.build());

	private static final Duration LONG = Duration.ofMinutes(1);

	private static final BodyLimits LIMITS = BodyLimits.of(1 << 20, LONG);

	private final RequestDecoder decoder = new RequestDecoder(Set.of("top_k"));

	private final Room room = Room.ofHeap();

	@Override
	public void read(byte[] input) throws IOException {
		CRC32 hash = new CRC32();
		hash.update(input);
		Random random = new Random(hash.getValue());
		Object whole = outcome(input, input.length + 1);
		assertThat(outcome(input, 1 + random.nextInt(64))).usingRecursiveComparison().isEqualTo(whole);
		if (whole instanceof CompletionRequest request) {
			for (Dialect dialect : StandardDialects.all()) {
				encode(dialect, request.chat());
			}
		}
	}

	/** The request, or the error for the client. */
	private Object outcome(byte[] input, int size) {
		Flux<DataBuffer> pieces = Flux.generate(() -> 0, (from, sink) -> {
			int to = Math.min(input.length, from + size);
			if (from < input.length) {
				sink.next(DefaultDataBufferFactory.sharedInstance.wrap(Arrays.copyOfRange(input, from, to)));
			}
			else {
				sink.complete();
			}
			return to;
		});
		try (Seat seat = this.room.seat("client")) {
			Body body = BodyReader.read(pieces, -1, seat, LIMITS, Schedulers.parallel()).block(LONG);
			return this.decoder.decode(body.open());
		}
		catch (RejectedRequestException ex) {
			GatewayError error = ex.error();
			assertThat(error.status()).isBetween(400, 499);
			assertThat(error.type()).isEqualTo(GatewayError.INVALID_REQUEST);
			return error;
		}
		catch (RefusedBodyException ex) {
			assertThat(ex.reason()).isIn(RefusedBodyException.Reason.TOO_COMPLEX,
					RefusedBodyException.Reason.UNREADABLE);
			return ex.reason();
		}
	}

	private static void encode(Dialect dialect, ChatRequest chat) throws IOException {
		Endpoint endpoint = Endpoint.named("any")
			.provider(dialect.provider())
			.url(URI.create("http://127.0.0.1:1/openai/deployments/d"))
			.model("m")
			.build();
		if (dialect.unsupported(chat) != null) {
			return;
		}
		try {
			byte[] body = dialect.encode(new EndpointRequest(endpoint, chat, true)).body();
			assertThat(JSON.readTree(body).isObject()).isTrue();
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex.getMessage()).hasSizeLessThan(1000);
		}
	}

}
