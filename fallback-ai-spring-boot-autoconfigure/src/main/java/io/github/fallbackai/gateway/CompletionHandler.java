package io.github.fallbackai.gateway;

import java.util.Set;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.gateway.intake.BodyLimits;
import io.github.fallbackai.gateway.intake.Room;
import io.github.fallbackai.relay.Relay;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers {@code POST /chat/completions}.
 */
final class CompletionHandler {

	private final AiFallbackOperations operations;

	private final Relay relay;

	private final ModelNames models;

	private final ClientDirectory clients;

	private final Room room = Room.ofHeap();

	private final BodyLimits limits;

	private final RequestDecoder decoder;

	private final ErrorTranslation errors;

	private final Heartbeat heartbeat;

	CompletionHandler(AiFallbackOperations operations, ModelNames models, ClientDirectory clients,
			GatewaySettings settings) {
		this.operations = operations;
		this.relay = StreamRelay.of(operations);
		this.models = models;
		this.clients = clients;
		this.limits = BodyLimits.of(Math.min(settings.maxRequestSize(), this.room.largest()), settings.requestPause());
		this.decoder = new RequestDecoder(settings.passThrough());
		this.errors = new ErrorTranslation(operations, settings.providerMessages());
		this.heartbeat = new Heartbeat(settings.heartbeat(), Schedulers.parallel());
	}

	/**
	 * Answers within the writing of the response, so that there is one subscription from
	 * the first byte of the request to the last of the answer.
	 */
	Mono<ServerResponse> handle(ServerRequest request) {
		return ServerResponse.ok().build((exchange, context) -> write(request, exchange.getResponse()));
	}

	private Mono<Void> write(ServerRequest request, ServerHttpResponse response) {
		// Nothing of a stranger's request is read, nor of one that is one too many.
		return Mono
			.using(() -> Admission.of(this.clients.sender(request.headers().asHttpHeaders()), this.room),
					(admission) -> RequestBody.read(request, admission.seat(), this.limits, this.decoder::decode)
						.flatMap((completion) -> answer(completion, admission.client(), response)),
					Admission::close)
			.onErrorResume((error) -> response.isCommitted() ? Mono.error(error)
					: ErrorBody.write(this.errors.of(error), response));
	}

	private Mono<Void> answer(CompletionRequest completion, GatewayClient client, ServerHttpResponse response) {
		ChatRequest chat = directed(completion, client);
		if (completion.stream()) {
			return new CompletionStream(this.relay.relay(chat), new ChunkEncoder(completion.includeUsage()),
					this.heartbeat, this.errors::of)
				.write(response);
		}
		return this.operations.chat(chat).flatMap((answer) -> {
			AnswerHeaders.add(response.getHeaders(), answer.endpoint(), answer.model(), answer.attempts().size());
			return ErrorBody.write(CompletionEncoder.encode(answer), response);
		});
	}

	private ChatRequest directed(CompletionRequest completion, GatewayClient client) {
		Destination destination = this.models.find(completion.model(), client);
		ChatOptions options = completion.chat()
			.options()
			.withChain(destination.chain().name())
			.withUseCase(client.useCase());
		if (completion.openAiOnly()) {
			Set<String> endpoints = destination.openAiEndpoints();
			if (endpoints.isEmpty()) {
				throw new RejectedRequestException(
						GatewayError.invalid("unsupported_request", "messages", "No model here takes audio or files."));
			}
			options = options.withAllowedEndpoints(endpoints);
		}
		return completion.chat().toBuilder().options(options).target(destination.target()).build();
	}

}
