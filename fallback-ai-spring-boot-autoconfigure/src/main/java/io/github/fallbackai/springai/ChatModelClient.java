// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.springai;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.ToolChoice;
import io.github.fallbackai.client.EndpointClient;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks chat models of Spring AI. Internal: public only for the auto-configuration. A
 * model may block, so it is asked on threads of this client. Cancelling interrupts the
 * thread.
 */
public final class ChatModelClient implements EndpointClient, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ChatModelClient.class);

	/** Name of the provider, as endpoints have it. */
	public static final String PROVIDER = ExtraOptions.PROVIDER;

	/** Option of an endpoint: the name of the chat model's bean. */
	public static final String BEAN = "bean";

	private static final int MOST_THREADS = 256;

	/** Reactor's key for what is done with errors that come too late. */
	private static final String DROPPED = "reactor.onErrorDropped.local";

	private final Function<String, ChatModel> models;

	private final ModelThreads threads = new ModelThreads(MOST_THREADS);

	/** The beans whose streams end with a finish reason. */
	private final Set<String> finishing = ConcurrentHashMap.newKeySet();

	private final HiddenRetries retries = new HiddenRetries();

	/**
	 * @param models finds a chat model by the name of its bean, when it is asked
	 */
	public ChatModelClient(Function<String, ChatModel> models) {
		this.models = models;
	}

	@Override
	public Flux<EndpointEvent> exchange(EndpointRequest request) {
		String bean = Objects.requireNonNull(request.endpoint().options().get(BEAN), BEAN);
		return Flux.defer(() -> Flux.defer(() -> ask(bean, request)).subscribeOn(this.threads.of(bean)))
			.onErrorMap((error) -> !(error instanceof EndpointException),
					(error) -> new EndpointException(ChatModelFailures.of(error)))
			.contextWrite((context) -> context.put(DROPPED, (Consumer<Throwable>) ChatModelClient::ignore));
	}

	/** The default would log the model's words, which may be those of the prompt. */
	private static void ignore(Throwable error) {
		logger.debug("A chat model failed after its call had ended: {}", error.getClass().getName());
	}

	private Flux<EndpointEvent> ask(String bean, EndpointRequest request) {
		ChatModel model = this.models.apply(bean);
		this.retries.check(bean, model);
		Prompt prompt = PromptEncoder.encode(request, model);
		Flux<ChatResponse> stream = request.streaming() ? stream(model, prompt) : null;
		AnswerDecoder decoder = new AnswerDecoder(stream != null && this.finishing.contains(bean));
		Flux<EndpointEvent> events = ((stream != null) ? stream
				: Mono.fromSupplier(() -> OwnCalls.call(() -> model.call(prompt))).flux())
			.flatMapIterable(decoder::read, 1)
			.concatWith(Flux.defer(() -> {
				List<EndpointEvent> end = decoder.end();
				if (stream != null && decoder.gaveReason()) {
					this.finishing.add(bean);
				}
				return Flux.fromIterable(end);
			}));
		return (request.streaming() && stream == null) ? events.startWith(new EndpointEvent.InOnePiece()) : events;
	}

	/** Empty if the model cannot stream. */
	private static @Nullable Flux<ChatResponse> stream(ChatModel model, Prompt prompt) {
		try {
			return OwnCalls.call(() -> model.stream(prompt));
		}
		catch (UnsupportedOperationException ex) {
			return null;
		}
	}

	@Override
	public @Nullable String unsupported(ChatRequest request) {
		if (request.readsPromptOnly()) {
			return "an answer of no tokens";
		}
		ToolChoice choice = request.toolChoice();
		boolean forced = choice != null
				&& (choice.mode() == ToolChoice.Mode.REQUIRED || choice.mode() == ToolChoice.Mode.TOOL);
		return forced ? "a tool that must be called" : null;
	}

	@Override
	public void close() {
		this.threads.close();
	}

}
