package io.github.fallbackai.gateway;

import java.util.Set;

import io.github.fallbackai.AiFallbackOperations;
import io.github.fallbackai.chat.ChatOptions;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ChatResponse;
import io.github.fallbackai.relay.Relay;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.MediaType;
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

	private final GatewaySettings settings;

	private final RequestDecoder decoder;

	private final ErrorTranslation errors;

	private final Heartbeat heartbeat;

	CompletionHandler(AiFallbackOperations operations, ModelNames models, ClientDirectory clients,
			GatewaySettings settings) {
		this.operations = operations;
		this.relay = StreamRelay.of(operations);
		this.models = models;
		this.clients = clients;
		this.settings = settings;
		this.decoder = new RequestDecoder(settings.passThrough());
		this.errors = new ErrorTranslation(operations, settings.providerMessages());
		this.heartbeat = new Heartbeat(settings.heartbeat(), Schedulers.parallel());
	}

	Mono<ServerResponse> handle(ServerRequest request) {
		return Mono.defer(() -> {
			// Nothing of a stranger's request is read.
			ClientAccount account = this.clients.sender(request.headers().asHttpHeaders());
			return RequestBody.read(request, this.settings.maxRequestSize())
				.map(this.decoder::decode)
				.flatMap((completion) -> answer(completion, account));
		}).onErrorResume((error) -> ErrorBody.respond(this.errors.of(error)));
	}

	private Mono<ServerResponse> answer(CompletionRequest completion, ClientAccount account) {
		ChatRequest chat = directed(completion, account.client());
		if (completion.stream()) {
			return new CompletionStream(account.admit(this.relay.relay(chat)),
					new ChunkEncoder(completion.includeUsage()), this.heartbeat, this.errors::of)
				.respond();
		}
		return account.admit(this.operations.chat(chat).flux()).singleOrEmpty().flatMap(CompletionHandler::respond);
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

	private static Mono<ServerResponse> respond(ChatResponse response) {
		return ServerResponse.ok()
			.contentType(MediaType.APPLICATION_JSON)
			.headers((headers) -> AnswerHeaders.add(headers, response.endpoint(), response.model(),
					response.attempts().size()))
			.bodyValue(CompletionEncoder.encode(response));
	}

}
