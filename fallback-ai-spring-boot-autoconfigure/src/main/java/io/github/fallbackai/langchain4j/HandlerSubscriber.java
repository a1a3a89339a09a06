// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.langchain4j;

import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.fallbackai.chat.ChatEvent;
import reactor.core.publisher.BaseSubscriber;

/**
 * Tells a handler what happens in one call. If the handler throws, the call ends, and the
 * handler gets its own exception as the error.
 */
final class HandlerSubscriber extends BaseSubscriber<ChatEvent> {

	private final StreamingChatResponseHandler handler;

	private final StreamingHandle handle = new Handle();

	private int toolCalls;

	private boolean delivered;

	HandlerSubscriber(StreamingChatResponseHandler handler) {
		this.handler = handler;
	}

	@Override
	protected void hookOnNext(ChatEvent event) {
		if (event instanceof ChatEvent.ContentDelta delta) {
			this.delivered = true;
			this.handler.onPartialResponse(new PartialResponse(delta.text()), new PartialResponseContext(this.handle));
		}
		else if (event instanceof ChatEvent.ReasoningDelta delta) {
			this.delivered = true;
			this.handler.onPartialThinking(new PartialThinking(delta.text()), new PartialThinkingContext(this.handle));
		}
		else if (event instanceof ChatEvent.ToolCallReady ready) {
			this.delivered = true;
			this.handler.onCompleteToolCall(
					new CompleteToolCall(this.toolCalls++, ResponseWriter.toolRequest(ready.toolCall())));
		}
		else if (event instanceof ChatEvent.EndpointSwitched switched && switched.discardPrevious() && this.delivered) {
			throw new IllegalStateException("The answer begins again, but the handler cannot take back what it has");
		}
		else if (event instanceof ChatEvent.Completed completed) {
			this.handler.onCompleteResponse(ResponseWriter.response(completed.response()));
		}
	}

	@Override
	protected void hookOnError(Throwable error) {
		this.handler.onError(error);
	}

	private final class Handle implements StreamingHandle {

		@Override
		public void cancel() {
			HandlerSubscriber.this.cancel();
		}

		@Override
		public boolean isCancelled() {
			return HandlerSubscriber.this.isDisposed();
		}

	}

}
