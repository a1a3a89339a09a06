// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;

import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Records each request and answers it as the behaviour says.
 */
final class RequestHandler implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {

	private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);

	private final Behaviour behaviour;

	private final RequestLog requests;

	private final Gate gate;

	private final Scheduler scheduler;

	RequestHandler(Behaviour behaviour, RequestLog requests, Gate gate, Scheduler scheduler) {
		this.behaviour = behaviour;
		this.requests = requests;
		this.gate = gate;
		this.scheduler = scheduler;
	}

	@Override
	public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
		Output output = Output.of(response, this.gate, this.scheduler);
		return request.receive()
			.aggregate()
			.asString(StandardCharsets.UTF_8)
			.defaultIfEmpty("")
			.flatMap((body) -> answer(Inquiry.read(RequestHead.of(request), body), output));
	}

	private Mono<Void> answer(Inquiry inquiry, Output output) {
		RecordedRequest request = this.requests.add(inquiry::record);
		return output.send(perform(inquiry, request))
			.onErrorResume((failure) -> disconnected(failure, request, output))
			.doOnSuccess((nothing) -> output.onCompletion(request::end))
			.doOnCancel(() -> request.end(output.endingByClose()));
	}

	private Performance perform(Inquiry inquiry, RecordedRequest request) {
		Rendering rendering = new Rendering(inquiry.format(), request, this.behaviour.rules(),
				this.behaviour.promptMemory(), () -> this.behaviour.text(request));
		try {
			Outcome outcome = (inquiry.reply() != null) ? inquiry.reply() : this.behaviour.next(request);
			return outcome.perform(rendering);
		}
		catch (RuntimeException | AssertionError ex) {
			log.warn("The script of the simulator failed for {}; it gets status 500", request, ex);
			return Outcome.status(500).perform(rendering);
		}
	}

	private static Mono<Void> disconnected(Throwable failure, RecordedRequest request, Output output) {
		if (!output.channel().isActive()) {
			request.end(output.endingByClose());
			return Mono.never();
		}
		log.warn("Could not answer {}", request, failure);
		return output.cut(false);
	}

}
