// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.sample.disaster;

import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.sample.provider.SimulatedProvider;
import io.github.fallbackai.sample.provider.SimulatedProviders;
import io.github.fallbackai.status.EndpointStatus;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Replays the disaster. The chat that has the library is the ordinary one, below
 * {@code /api/chat}.
 */
@RestController
@RequestMapping("/api/disaster")
class DisasterController {

	private static final int MAX_LENGTH = 4000;

	private final ObjectMapper mapper = new ObjectMapper();

	private final Story story;

	private final @Nullable StoryRun run;

	private final @Nullable PlainChat plain;

	DisasterController(AiFallbackOperations ai, ObjectProvider<SimulatedProviders> providers,
			@Value("${sample.disaster.length:30s}") Duration length) {
		this.story = new Story(length);
		EndpointStatus first = ai.status().defaultChain().endpoints().get(0);
		SimulatedProviders simulated = providers.getIfAvailable();
		SimulatedProvider provider = (simulated != null) ? simulated.find(first.name()).orElse(null) : null;
		this.run = (provider != null) ? new StoryRun(provider, this.story) : null;
		this.plain = (provider != null) ? new PlainChat(provider.url(), first.model(), this.story) : null;
	}

	/** How long it takes, and whether a page watches it now. */
	@GetMapping
	Map<String, Object> about() {
		return Map.of("running", present(this.run).running(), "lengthMs", this.story.length().toMillis(), "patienceMs",
				this.story.patience().toMillis());
	}

	/** Begins, and sends each step when it begins. */
	@PostMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<String>> begin() {
		return present(this.run).steps()
			.map((step) -> event("step",
					Map.of("mode", step.mode().id(), "title", step.title(), "ms", step.length().toMillis())))
			.concatWith(Mono.fromSupplier(() -> event("done", Map.of())));
	}

	/** The chat without the library. */
	@PostMapping(path = "/plain", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<String>> plain(@RequestBody Map<String, String> question) {
		String message = question.get("message");
		if (message == null || message.isBlank() || message.length() > MAX_LENGTH) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST,
					"The body needs a 'message' of 1 to 4000 characters.");
		}
		return present(this.plain).stream(message)
			.map((text) -> event("delta", Map.of("text", text)))
			.concatWith(Mono.fromSupplier(() -> event("done", Map.of())))
			.onErrorResume((failure) -> Mono.just(event("failed", Map.of("message", PlainChat.explain(failure)))));
	}

	private ServerSentEvent<String> event(String name, Map<String, Object> data) {
		return ServerSentEvent.<String>builder().event(name).data(this.mapper.valueToTree(data).toString()).build();
	}

	private static <T> T present(@Nullable T value) {
		if (value == null) {
			throw new ResponseStatusException(HttpStatus.CONFLICT,
					"The disaster needs the simulated providers of this instance. Start with SPRING_PROFILES_ACTIVE=demo.");
		}
		return value;
	}

}
