package io.github.fallbackai.gateway;

import io.github.fallbackai.chat.ChatRequest;

/**
 * What a client asks for.
 *
 * @param model the model as the client named it
 * @param chat what is asked, without the destination
 * @param openAiOnly whether only an OpenAI-compatible endpoint can be asked
 * @param stream whether the answer is streamed
 * @param includeUsage whether a stream ends with the number of tokens used
 */
record CompletionRequest(String model, ChatRequest chat, boolean openAiOnly, boolean stream, boolean includeUsage) {

	@Override
	public String toString() {
		return "CompletionRequest[" + this.model + ", " + this.chat + "]";
	}

}
