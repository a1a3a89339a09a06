// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.drill.Drills;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.RequestRefusedException;
import io.github.fallbackai.gateway.face.ApiKind;
import io.github.fallbackai.gateway.face.EndpointNeed;
import io.github.fallbackai.gateway.face.ErrorResponse;
import io.github.fallbackai.gateway.face.Face;
import io.github.fallbackai.gateway.face.FaceCall;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import io.github.fallbackai.gateway.intake.BodyLimits;
import io.github.fallbackai.gateway.intake.RefusedBodyException;
import io.github.fallbackai.gateway.intake.Room;
import io.github.fallbackai.heartbeat.Heartbeat;
import io.github.fallbackai.relay.Relay;
import io.github.fallbackai.relay.RelayedEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers the requests of all protocols.
 */
final class FaceHandler {

	/** Marks a call for drills that are only for such calls. */
	private static final String DRILL = "x-fallback-ai-drill";

	private final AiFallbackOperations operations;

	private final Relay relay;

	private final ModelNames models;

	private final ClientDirectory clients;

	private final Room room = Room.ofHeap();

	private final BodyLimits limits;

	private final TokenEstimator estimator;

	private final ErrorTranslation errors;

	private final PolicyRefusal refusals;

	private final Heartbeat heartbeat;

	FaceHandler(AiFallbackOperations operations, ModelNames models, ClientDirectory clients, GatewaySettings settings,
			TokenEstimator estimator) {
		this.estimator = estimator;
		this.operations = operations;
		this.relay = StreamRelay.of(operations);
		this.models = models;
		this.refusals = new PolicyRefusal(models);
		this.clients = clients;
		this.limits = BodyLimits.of(Math.min(settings.maxRequestSize(), this.room.largest()), settings.requestPause());
		this.errors = new ErrorTranslation(operations, settings.providerMessages());
		this.heartbeat = new Heartbeat(settings.heartbeat(), Schedulers.parallel());
	}

	/**
	 * Answers within the writing of the response, so that there is one subscription from
	 * the first byte of the request to the last of the answer.
	 */
	Mono<ServerResponse> handle(Face face, ServerRequest request) {
		String drill = request.headers().firstHeader(DRILL);
		return ServerResponse.ok()
			.build((exchange, context) -> write(face, request, exchange.getResponse())
				.contextWrite(Drills.marked(drill)));
	}

	/** The memory that all requests share. */
	Room room() {
		return this.room;
	}

	private Mono<Void> write(Face face, ServerRequest request, ServerHttpResponse response) {
		// Nothing of a stranger's request is read, nor of one that is one too many.
		return Mono
			.using(() -> Admission.of(this.clients.sender(request.headers().asHttpHeaders()), this.room),
					(admission) -> read(face, request, admission)
						.flatMap((call) -> answer(call, admission.client(), response)),
					Admission::close)
			.onErrorResume((error) -> response.isCommitted() ? Mono.error(error) : refuse(error, face, response));
	}

	private Mono<Void> refuse(Throwable failure, Face face, ServerHttpResponse response) {
		GatewayError error = this.errors.of(failure);
		if (!(failure instanceof RequestRefusedException refused) || !own(refused, face)) {
			return refuse(error, face, response);
		}
		String body = refused.providerBody();
		Integer status = refused.httpStatus();
		ErrorResponse quoted = (body != null && status != null) ? face.quote(error, status, body) : null;
		String words = refused.providerMessage();
		return (quoted != null) ? ErrorAnswer.write(error, quoted, response)
				: refuse((words != null) ? error.saying(words) : error, face, response);
	}

	/**
	 * Whether an endpoint that got the request as it came says what is wrong with it.
	 */
	private boolean own(RequestRefusedException refused, Face face) {
		List<Attempt> attempts = refused.attempts();
		boolean known = face.own() != ApiKind.OTHER;
		if (!known || attempts.isEmpty()) {
			// An endpoint that only counts tokens speaks the client's API, and makes no
			// attempt.
			return known;
		}
		List<Attempt> alike = attempts.stream()
			.filter((attempt) -> attempt.failure() == refused.kind()
					&& Objects.equals(attempt.httpStatus(), refused.httpStatus()))
			.toList();
		return !alike.isEmpty()
				&& alike.stream().allMatch((attempt) -> this.models.api(attempt.endpoint()) == face.own());
	}

	private Mono<FaceCall> read(Face face, ServerRequest request, Admission admission) {
		HttpHeaders headers = request.headers().asHttpHeaders();
		return RequestBody
			.<Mono<? extends FaceCall>>read(request, admission.seat(), this.limits,
					(body) -> face.decode(body, headers, admission.client().name()))
			.<FaceCall>flatMap(Function.identity())
			.doOnNext((call) -> admission.seat().takeRecalled(call.recalledBytes()))
			.onErrorMap(RefusedBodyException.class, RequestBody::rejected);
	}

	private static Mono<Void> refuse(GatewayError error, Face face, ServerHttpResponse response) {
		return ErrorAnswer.write(error, face.respond(error), response);
	}

	private Mono<Void> answer(FaceCall call, GatewayClient client, ServerHttpResponse response) {
		if (call.counts()) {
			return count(call, this.models.find(call.model(), client), response);
		}
		ChatRequest chat = directed(call, client);
		if (call.stream()) {
			Flux<RelayedEvent> events = this.relay.relay(chat);
			return new FaceStream(call.answersRefusals() ? this.refusals.answered(events) : events, call.encoder(),
					this.heartbeat, this.errors::of)
				.write(response, (headers, endpoint) -> addHeaders(headers, call, endpoint));
		}
		Mono<ChatResponse> whole = this.operations.chat(chat);
		return (call.answersRefusals() ? this.refusals.answered(whole) : whole).flatMap((answer) -> {
			AnswerHeaders.add(response.getHeaders(), answer.endpoint(), answer.model(), answer.attempts().size());
			addHeaders(response.getHeaders(), call, answer.endpoint());
			return ErrorAnswer.write(call.encode(answer), response);
		});
	}

	/** Headers of the call, and what the endpoint that answered did not get of it. */
	private void addHeaders(HttpHeaders headers, FaceCall call, @Nullable String endpoint) {
		call.headers().forEach(headers::set);
		ApiKind api = (endpoint != null) ? this.models.api(endpoint) : ApiKind.OTHER;
		AnswerHeaders.addLeftOut(headers, call.omissions().of(api));
	}

	/**
	 * The endpoint that comes first counts, if it speaks the client's protocol. Otherwise
	 * the number is an estimate, and a header says so.
	 */
	private Mono<Void> count(FaceCall call, Destination destination, ServerHttpResponse response) {
		Endpoint endpoint = destination.first();
		Mono<Long> counted = Mono.empty();
		if (ApiKind.of(endpoint) == ApiKind.ANTHROPIC) {
			ChatOptions options = call.chat().options().withChain(destination.chain().name());
			counted = this.relay.countTokens(call.chat().toBuilder().options(options).build(), endpoint.name());
		}
		return counted.map((tokens) -> {
			AnswerHeaders.add(response.getHeaders(), endpoint.name(), endpoint.model(), 1);
			return tokens;
		}).switchIfEmpty(Mono.fromSupplier(() -> {
			AnswerHeaders.addEstimate(response.getHeaders(), endpoint.name(), endpoint.model());
			return this.estimator.inputTokens(call.chat(), endpoint);
		})).flatMap((tokens) -> {
			call.headers().forEach(response.getHeaders()::set);
			return ErrorAnswer.write(call.encode(tokens), response);
		});
	}

	private ChatRequest directed(FaceCall call, GatewayClient client) {
		Destination destination = this.models.find(call.model(), client);
		ChatOptions options = call.chat()
			.options()
			.toBuilder()
			.chain(destination.chain().name())
			.useCase(client.useCase())
			.itemFormats(call.itemFormats())
			.build();
		EndpointNeed need = call.need();
		if (need != null) {
			Set<String> endpoints = destination.endpoints(need.met());
			if (endpoints.isEmpty()) {
				throw new RejectedRequestException(need.unmet());
			}
			options = options.withAllowedEndpoints(endpoints);
		}
		return call.chat().toBuilder().options(options).target(destination.target()).build();
	}

}
