// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.drill;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.ReplaySafety;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The client of an endpoint that may be the object of a drill. Without one, it costs a
 * volatile read.
 */
final class DrilledClient implements EndpointClient {

	private static final String CODE = "drill";

	private static final int HTTP_TOO_MANY_REQUESTS = 429;

	private static final int HTTP_SERVER_ERROR = 500;

	private final EndpointClient client;

	private final DrillStage stage;

	DrilledClient(EndpointClient client, DrillStage stage) {
		this.client = client;
		this.stage = stage;
	}

	@Override
	public Flux<EndpointEvent> exchange(EndpointRequest request) {
		RunningDrill running = this.stage.running();
		return (running != null) ? drilled(running, request) : this.client.exchange(request);
	}

	private Flux<EndpointEvent> drilled(RunningDrill running, EndpointRequest request) {
		return Flux.deferContextual((context) -> running.takes(request, context, this.stage.now())
				? fail(running, request).doFinally((signal) -> this.stage.released(running))
				: this.client.exchange(request));
	}

	private Flux<EndpointEvent> fail(RunningDrill running, EndpointRequest request) {
		return switch (running.drill().fault()) {
			case TOO_MANY_REQUESTS -> refused(FailureKind.RATE_LIMITED, HTTP_TOO_MANY_REQUESTS);
			case SERVER_ERROR -> refused(FailureKind.SERVER_ERROR, HTTP_SERVER_ERROR);
			case HANG -> hanging(running);
			case CUT ->
				new DrilledAnswer(running.drill().after(), connectionLost().build()).cut(this.client.exchange(request));
		};
	}

	private static Flux<EndpointEvent> refused(FailureKind kind, int status) {
		return Flux.error(new EndpointException(Failure.of(kind)
			.httpStatus(status)
			.providerCode(CODE)
			.replaySafety(ReplaySafety.NOT_PROCESSED)
			.build()));
	}

	/**
	 * Reports that nothing was used, because a request without an answer would be charged
	 * otherwise. When the drill ends, what still hangs moves on, and does not count.
	 */
	private static Flux<EndpointEvent> hanging(RunningDrill running) {
		EndpointEvent nothing = new EndpointEvent.UsageReported(new Usage(0, 0, null, null));
		Failure lost = connectionLost().replaySafety(ReplaySafety.NOT_PROCESSED).notTheEndpointsFault().build();
		return Flux.just(nothing).concatWith(running.over().then(Mono.error(new EndpointException(lost))));
	}

	private static Failure.Builder connectionLost() {
		return Failure.of(FailureKind.CONNECTION_LOST).providerCode(CODE);
	}

	/** No drill is about this. */
	@Override
	public Mono<Long> countTokens(EndpointRequest request) {
		return this.client.countTokens(request);
	}

	@Override
	public @Nullable String unsupported(ChatRequest request) {
		return this.client.unsupported(request);
	}

	@Override
	public @Nullable String unsupported(ChatRequest request, Endpoint endpoint) {
		return this.client.unsupported(request, endpoint);
	}

}
