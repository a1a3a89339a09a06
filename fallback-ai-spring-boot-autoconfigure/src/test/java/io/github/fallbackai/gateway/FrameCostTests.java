// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import io.github.fallbackai.chat.ChatEvent;
import io.github.fallbackai.gateway.completions.CompletionsFace;
import io.github.fallbackai.gateway.face.Face;
import io.github.fallbackai.gateway.face.StreamEncoder;
import io.github.fallbackai.gateway.messages.MessagesFace;
import io.github.fallbackai.gateway.responses.InstanceMemory;
import io.github.fallbackai.gateway.responses.ResponsesFace;
import io.github.fallbackai.gateway.responses.ResponsesSettings;
import io.github.fallbackai.relay.RelayedEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a frame of a stream costs. The bound is generous: it notices a tree for each
 * frame, not a field more.
 */
class FrameCostTests {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final int FRAMES = 2000;

	/** 400 to 650. With a tree for each frame it would be 1,900 to 2,700. */
	private static final long MOST_BYTES = 1300;

	@ParameterizedTest(name = "{0}")
	@MethodSource("faces")
	void allocatesLittle(String name, Face face, String request) {
		StreamEncoder encoder = face
			.decode(new ByteArrayInputStream(request.getBytes(StandardCharsets.UTF_8)), new HttpHeaders(), "client")
			.block(Duration.ofMinutes(1))
			.encoder();
		RelayedEvent event = new RelayedEvent(new ChatEvent.ContentDelta("Some words of an\nanswer."), "a", "model-a",
				false);
		encode(encoder, event);
		long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
		encode(encoder, event);
		long bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
		assertThat(bytes / FRAMES).isBetween(1L, MOST_BYTES);
	}

	static Stream<Arguments> faces() {
		String chat = "{\"model\":\"auto\",\"stream\":true,\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
		return Stream.of(Arguments.of("completions", new CompletionsFace(Set.of()), chat),
				Arguments.of("messages", new MessagesFace(Set.of(), false), chat),
				Arguments.of("responses",
						new ResponsesFace(ResponsesSettings.DEFAULTS, Set.of(),
								InstanceMemory.of(ResponsesSettings.DEFAULTS)),
						"{\"model\":\"auto\",\"stream\":true,\"input\":\"Hi\"}"));
	}

	private static void encode(StreamEncoder encoder, RelayedEvent event) {
		for (int frame = 0; frame < FRAMES; frame++) {
			assertThat(encoder.encode(event)).isNotNull();
		}
	}

}
