// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.github.fallbackai.chat.ChatRequest;
import io.github.fallbackai.client.Credentials;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.Thoughts;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.ReplaySafety;
import org.jspecify.annotations.Nullable;
import reactor.core.Fuseable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One attempt at one endpoint: finds credentials, asks, and asks again if that may help.
 * Belongs to one subscription; its steps follow one another.
 */
final class HttpAttempt {

	private final HttpEndpointClient client;

	private final EndpointRequest request;

	/** The dialect for an answer that is no chat, {@code null} for a chat. */
	private final @Nullable Dialect special;

	/** Nothing is learnt from a request that only counts tokens. */
	private final boolean counts;

	/** Changes that hold for this request only. */
	private final List<Correction> passing = new ArrayList<>(1);

	private boolean refreshed;

	/** The endpoint's own credentials, before one of its spare keys takes their place. */
	private @Nullable Credentials own;

	private int otherKeys;

	private HttpAttempt(HttpEndpointClient client, EndpointRequest request, @Nullable Dialect special, boolean counts) {
		this.client = client;
		this.request = request;
		this.special = special;
		this.counts = counts;
	}

	static HttpAttempt of(HttpEndpointClient client, EndpointRequest request) {
		boolean embedding = HttpEndpointClient.isEmbedding(request.chat());
		return new HttpAttempt(client, request, embedding ? client.dialect().embeddings() : null, false);
	}

	/** An attempt that only asks how many tokens the request has. */
	static HttpAttempt counting(HttpEndpointClient client, Dialect dialect, EndpointRequest request) {
		return new HttpAttempt(client, request, dialect, true);
	}

	Flux<EndpointEvent> run() {
		Mono<Credentials> resolved = resolved();
		if (resolved instanceof Fuseable.ScalarCallable<?> known) {
			return askWith(known);
		}
		return optional(resolved).flatMapMany((credentials) -> ask(credentials.orElse(null)));
	}

	/** The keys of the configuration are known without waiting. */
	private Flux<EndpointEvent> askWith(Callable<?> known) {
		Credentials credentials;
		try {
			credentials = (Credentials) known.call();
		}
		catch (Exception ex) {
			return Flux.error((ex instanceof EndpointException) ? ex : local(ex));
		}
		return ask(credentials);
	}

	private Mono<Credentials> resolved() {
		try {
			return this.client.credentials().resolve(endpoint(), this.request.chat());
		}
		catch (RuntimeException | LinkageError | AssertionError ex) {
			return Mono.error(ex);
		}
	}

	private static Mono<Optional<Credentials>> optional(Mono<Credentials> resolved) {
		return resolved.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.onErrorMap((error) -> !(error instanceof EndpointException), HttpAttempt::local);
	}

	private Flux<EndpointEvent> ask(@Nullable Credentials credentials) {
		if (credentials == null) {
			return send(null);
		}
		if (credentials.ownAccount()) {
			this.own = credentials;
			return send(this.client.spareKeys().choose(endpoint(), credentials));
		}
		Failure coolingDown = this.client.coolDowns().at(endpoint(), credentials);
		if (coolingDown != null) {
			return Flux.error(new EndpointException(coolingDown));
		}
		return send(credentials).map(HttpAttempt::withoutRateLimits)
			.onErrorMap(EndpointException.class, (error) -> ofAccount(error, credentials));
	}

	private Flux<EndpointEvent> send(@Nullable Credentials credentials) {
		List<Correction> changes = new ArrayList<>(this.client.corrections().of(endpoint()));
		changes.addAll(this.passing);
		EndpointRequest request = inForm(changes, credentials);
		Dialect other = otherApi();
		Dialect dialect = changes.contains(new Correction.OtherApi()) ? other : api(request.chat());
		WireRequest wireRequest = encode(dialect, request, changes);
		SentRequest sent = new SentRequest(request, wireRequest.body(), dialect.essentialParameters(), changes,
				dialect != other);
		AnswerReader reader = new AnswerReader(dialect.answering(wireRequest.body()), this.client.chunks(), sent);
		QuotedKey key = new QuotedKey(credentials, wireRequest.headers());
		Flux<EndpointEvent> answer = this.client.wire().exchange(wireRequest, reader);
		if (this.request.streaming() && !request.streaming()) {
			answer = answer.startWith(new EndpointEvent.InOnePiece());
		}
		StateMaker maker = new StateMaker(endpoint().modelGroup());
		return answer.map((event) -> maker.sign(key.removedFrom(spared(event, credentials))))
			.onErrorResume(EndpointException.class, (error) -> {
				EndpointException quotingNothing = key.removedFrom(error);
				Refusal refusal = reader.refusal();
				return (refusal != null) ? refused(refusal, quotingNothing, sent, credentials)
						: Flux.error(quotingNothing);
			});
	}

	private Dialect api(ChatRequest chat) {
		return (this.special != null) ? this.special : this.client.dialect().of(endpoint(), chat);
	}

	/** There is one API for all that is no chat. */
	private Dialect otherApi() {
		return (this.special != null) ? this.special : this.client.dialect().of(endpoint(), true);
	}

	private EndpointRequest inForm(List<Correction> changes, @Nullable Credentials credentials) {
		ChatRequest chat = this.request.chat();
		boolean streaming = this.request.streaming() && this.special == null;
		for (Correction change : changes) {
			streaming = (change instanceof Correction.Form form) ? form.streaming() : streaming;
			chat = (change instanceof HistoryCorrection.WithoutThoughts) ? Thoughts.without(chat) : chat;
		}
		try {
			Endpoint endpoint = (credentials != null) ? endpoint().withApiKey(credentials.key()) : endpoint();
			return new EndpointRequest(endpoint, chat, streaming);
		}
		catch (IllegalArgumentException ex) {
			throw local(ex);
		}
	}

	private WireRequest encode(Dialect dialect, EndpointRequest request, List<Correction> changes) {
		try {
			return new RequestParameters(dialect).apply(dialect.encode(request), endpoint().parameters(), changes)
				.forEndpoint(endpoint().name());
		}
		catch (IllegalArgumentException ex) {
			throw local(ex);
		}
	}

	private Flux<EndpointEvent> refused(Refusal refusal, EndpointException error, SentRequest sent,
			@Nullable Credentials credentials) {
		if (refusal.failure().kind() == FailureKind.AUTHENTICATION && credentials != null && !this.refreshed) {
			this.refreshed = true;
			this.client.credentials().invalidate(endpoint(), credentials);
			return optional(resolved()).flatMapMany(
					(fresh) -> worthTrying(fresh, credentials) ? ask(fresh.get()) : withOtherKey(error, credentials));
		}
		if (AccountCoolDowns.concernsAccount(refusal.failure().kind())) {
			return withOtherKey(error, credentials);
		}
		Correction correction = refusal.correction().filter((change) -> change.changes(sent)).orElse(null);
		if (correction != null && this.request.corrections().tryTake()) {
			learn(correction);
			return send(credentials).startWith(new EndpointEvent.Corrected(correction.describe()));
		}
		return Flux.error(error);
	}

	/** What cannot be kept for later requests still holds for this one. */
	private void learn(Correction correction) {
		boolean lasting = correction.lasting() && !this.counts;
		if (!lasting || !this.client.corrections().add(endpoint(), correction)) {
			this.passing.add(correction);
		}
	}

	/**
	 * Only a new key is worth trying, because the refused one would be refused again. The
	 * endpoint's spare keys are not new.
	 */
	private boolean worthTrying(Optional<Credentials> fresh, Credentials refused) {
		Credentials first = this.own;
		return fresh.filter((credentials) -> !credentials.key().equals(refused.key()))
			.filter((credentials) -> first == null || !credentials.key().equals(first.key()))
			.isPresent();
	}

	/**
	 * Each of the endpoint's keys is worth trying once. Whether a provider counts tokens
	 * says nothing about a key.
	 */
	private Flux<EndpointEvent> withOtherKey(EndpointException error, @Nullable Credentials used) {
		Credentials first = this.own;
		if (first == null || used == null || this.counts) {
			return Flux.error(error);
		}
		SpareKeys keys = this.client.spareKeys();
		if (keys.rest(endpoint(), first, used.key(), error.failure())
				&& this.otherKeys++ < endpoint().spareApiKeys().size()) {
			return ask(first);
		}
		return Flux.error(new EndpointException(keys.ofAll(endpoint(), first, error.failure())));
	}

	/** The limits of one key say nothing about the endpoint if it has another one. */
	private EndpointEvent spared(EndpointEvent event, @Nullable Credentials used) {
		Credentials first = this.own;
		if (first == null || used == null
				|| !(event instanceof EndpointEvent.Accepted accepted && accepted.exhaustedFor() != null)) {
			return event;
		}
		Failure limited = Failure.of(FailureKind.RATE_LIMITED).retryAfter(accepted.exhaustedFor()).build();
		return this.client.spareKeys().rest(endpoint(), first, used.key(), limited) ? withoutRateLimits(event) : event;
	}

	private EndpointException ofAccount(EndpointException error, Credentials credentials) {
		if (error.failure().account() != null || this.counts) {
			// The inner one of two nested rounds tells this, because its credentials were
			// newer.
			return error;
		}
		this.client.coolDowns().failed(endpoint(), credentials, error.failure());
		return new EndpointException(error.failure().withAccount(credentials.account()));
	}

	/** The limits of one caller's account say nothing about other callers. */
	private static EndpointEvent withoutRateLimits(EndpointEvent event) {
		return (event instanceof EndpointEvent.Accepted accepted && accepted.exhaustedFor() != null)
				? new EndpointEvent.Accepted(accepted.httpStatus(), accepted.requestId()) : event;
	}

	private Endpoint endpoint() {
		return this.request.endpoint();
	}

	private static EndpointException local(Throwable cause) {
		return new EndpointException(
				Failure.of(FailureKind.LOCAL).replaySafety(ReplaySafety.NOT_PROCESSED).cause(cause).build());
	}

}
