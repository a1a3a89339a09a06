// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.github.fallbackai.chat.ChatMessage;
import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.chat.FinishReason;
import io.github.fallbackai.chat.TokenEstimator;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.Usage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Asks for the vectors of more texts than a provider takes at once: for some after the
 * others. All of them make one answer, and the first failure is that of the whole
 * attempt. Belongs to one subscription.
 */
final class SplitEmbeddings {

	private final EndpointRequest request;

	private final int most;

	private final List<String> vectors = new ArrayList<>();

	private @Nullable Usage usage;

	/** Estimated, of pieces whose tokens the provider did not tell. */
	private long uncounted;

	/** Whether the provider told the tokens of the present piece. */
	private boolean told;

	/** Pieces of which the provider told the tokens. */
	private int counted;

	private int asked;

	private EndpointEvent.@Nullable Accepted accepted;

	private SplitEmbeddings(EndpointRequest request, int most) {
		this.request = request;
		this.most = most;
	}

	/**
	 * Asks.
	 * @param request the whole request
	 * @param most how many texts the provider takes at once
	 * @param ask asks for some of them
	 */
	static Flux<EndpointEvent> exchange(EndpointRequest request, int most,
			Function<EndpointRequest, Flux<EndpointEvent>> ask) {
		SplitEmbeddings split = new SplitEmbeddings(request, most);
		return Flux.fromIterable(split.pieces())
			.concatMap((piece) -> ask.apply(piece).concatMapIterable((event) -> split.collect(event, piece)), 1)
			.onErrorResume(split::paid)
			.concatWith(Flux.defer(split::answer));
	}

	/** One after the other, so that a key's limit is not met by a flood. */
	private List<EndpointRequest> pieces() {
		List<ChatMessage> texts = this.request.chat().messages();
		List<EndpointRequest> pieces = new ArrayList<>();
		for (int from = 0; from < texts.size(); from += this.most) {
			ChatRequest some = this.request.chat()
				.toBuilder()
				.replaceMessages(texts.subList(from, Math.min(from + this.most, texts.size())))
				.build();
			pieces.add(new EndpointRequest(this.request.endpoint(), some, false, this.request.corrections()));
		}
		this.asked = pieces.size();
		return pieces;
	}

	/** What is told at once. */
	private List<EndpointEvent> collect(EndpointEvent event, EndpointRequest piece) {
		if (event instanceof EndpointEvent.Text text) {
			if (text.text().lines().count() != piece.chat().messages().size()) {
				throw new EndpointException(notAllVectors());
			}
			this.vectors.add(text.text());
			return List.of();
		}
		if (event instanceof EndpointEvent.UsageReported reported) {
			this.usage = (this.usage != null) ? this.usage.plus(reported.usage()) : reported.usage();
			this.counted++;
			this.told = true;
			return List.of();
		}
		if (event instanceof EndpointEvent.Finished) {
			if (!this.told) {
				this.uncounted += TokenEstimator.ROUGH.inputTokens(piece.chat(), piece.endpoint());
			}
			this.told = false;
			return List.of();
		}
		if (event instanceof EndpointEvent.Accepted head) {
			this.accepted = head;
		}
		return List.of(event);
	}

	private Failure notAllVectors() {
		EndpointEvent.Accepted head = this.accepted;
		Failure.Builder failure = Failure.of(FailureKind.INVALID_RESPONSE);
		return (head != null) ? failure.httpStatus(head.httpStatus()).requestId(head.requestId()).build()
				: failure.build();
	}

	/** The failure, after what the pieces before it cost. */
	private Flux<EndpointEvent> paid(Throwable failure) {
		Flux<EndpointEvent> failed = Flux.error(failure);
		if (this.vectors.isEmpty()) {
			return failed;
		}
		Usage rough = new Usage(this.uncounted, 0, null, null);
		Usage all = (this.usage != null) ? this.usage.plus(rough) : rough;
		return failed.startWith(new EndpointEvent.UsageReported(all));
	}

	private Flux<EndpointEvent> answer() {
		List<EndpointEvent> events = new ArrayList<>();
		events.add(new EndpointEvent.Text(String.join("\n", this.vectors)));
		if (this.usage != null && this.counted == this.asked) {
			events.add(new EndpointEvent.UsageReported(this.usage));
		}
		events.add(new EndpointEvent.Finished(FinishReason.STOP, null));
		return Flux.fromIterable(events);
	}

}
