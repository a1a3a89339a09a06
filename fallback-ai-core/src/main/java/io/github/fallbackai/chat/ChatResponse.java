package io.github.fallbackai.chat;

import java.util.List;

import io.github.fallbackai.failure.Attempt;
import io.github.fallbackai.failure.Cost;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A complete answer, which endpoint gave it and what it took to get it.
 * {@code toString()} hides the content.
 *
 * @param text the text, empty if the model only called tools
 * @param reasoning the reasoning text, empty if none was shown
 * @param toolCalls the tools to run
 * @param finishReason why the model stopped
 * @param rawFinishReason the provider's own word for it, {@code null} if it gave none
 * @param usage tokens of all attempts as far as reported, {@code null} if none was
 * @param cost what all attempts cost as far as their endpoints have a price, {@code null}
 * if none has
 * @param id the provider's id of the answer, {@code null} if unknown
 * @param endpoint name of the endpoint that gave the answer
 * @param model the model as the provider named it
 * @param chain name of the chain
 * @param degraded whether another endpoint than the chain's first gave the answer, or
 * part of it
 * @param segments who wrote which part of the text, in order
 * @param attempts everything that was tried, oldest first
 */
public record ChatResponse(String text, String reasoning, List<ToolCall> toolCalls, FinishReason finishReason,
		@Nullable String rawFinishReason, @Nullable Usage usage, @Nullable Cost cost, @Nullable String id,
		String endpoint, String model, String chain, boolean degraded, List<Segment> segments, List<Attempt> attempts) {

	public ChatResponse {
		toolCalls = List.copyOf(toolCalls);
		segments = List.copyOf(segments);
		attempts = List.copyOf(attempts);
	}

	@Override
	public String toString() {
		return "ChatResponse[" + this.text.length() + " characters, endpoint=" + this.endpoint + ", model=" + this.model
				+ ", degraded=" + this.degraded + ", attempts=" + this.attempts.size() + "]";
	}

}
