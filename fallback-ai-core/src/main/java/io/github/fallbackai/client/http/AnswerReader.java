// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.ErrorReport;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.WireReader;
import io.github.fallbackai.client.http.wire.WireResponse;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Reads one answer with the help of a dialect. Belongs to one exchange.
 */
final class AnswerReader implements WireReader<EndpointEvent> {

	/** The kinds that a caller may have to answer for. */
	private static final Set<FailureKind> OF_THE_REQUEST = EnumSet.of(FailureKind.INVALID_REQUEST,
			FailureKind.CONTEXT_LENGTH_EXCEEDED, FailureKind.UNSUPPORTED, FailureKind.REFUSED_UNEXPLAINED);

	private final Dialect dialect;

	private final ChunkCounts chunks;

	private final SentRequest sent;

	private volatile @Nullable Refusal refusal;

	/**
	 * Creates a reader.
	 * @param dialect the format of the answer
	 * @param chunks counts events
	 * @param sent the request that is answered
	 */
	AnswerReader(Dialect dialect, ChunkCounts chunks, SentRequest sent) {
		this.dialect = dialect;
		this.chunks = chunks;
		this.sent = sent;
	}

	/** How the request was refused, {@code null} if the exchange ended in another way. */
	@Nullable Refusal refusal() {
		return this.refusal;
	}

	@Override
	public Flux<EndpointEvent> reconnecting() {
		return Flux.just(new EndpointEvent.Reconnected());
	}

	@Override
	public Flux<EndpointEvent> read(WireResponse response) {
		ResponseHead head = response.head();
		if (!head.success()) {
			return refuse(response);
		}
		// Some servers send a stream without its content type.
		boolean events = head.eventStream() || (this.sent.streaming() && head.mediaType().isEmpty());
		AnswerContent content = new AnswerContent(this.dialect, head, this.chunks);
		return response.content(events, content)
			.onErrorMap(EndpointException.class, (error) -> content.begun() ? error : refused(error, head, content));
	}

	/** Some servers refuse requests in an answer with the status of a success. */
	private EndpointException refused(EndpointException error, ResponseHead head, AnswerContent content) {
		Refusal found = Refusal.of(error.failure(), head, content.latest(), this.sent);
		this.refusal = found;
		return new EndpointException(found.failure());
	}

	private Flux<EndpointEvent> refuse(WireResponse response) {
		ResponseHead head = response.head();
		return response.errorBody()
			.onErrorMap(EndpointException.class, (error) -> withStatus(error, head))
			.flatMapMany((body) -> {
				Refusal found = Refusal.of(this.dialect.classify(head, body), head, body, this.sent);
				this.refusal = found;
				return Flux.error(new EndpointException(withBody(found.failure(), body)));
			});
	}

	/**
	 * Callers may have to read what is wrong with their request as the provider wrote it.
	 */
	private static Failure withBody(Failure failure, byte[] body) {
		return OF_THE_REQUEST.contains(failure.kind())
				? failure.withProviderWords(failure.providerMessage(), new String(body, StandardCharsets.UTF_8))
				: failure;
	}

	/** If an error cannot be read, its status decides. */
	private static EndpointException withStatus(EndpointException error, ResponseHead head) {
		return new EndpointException(ErrorReport.of(head).as(error.failure().kind()));
	}

}
