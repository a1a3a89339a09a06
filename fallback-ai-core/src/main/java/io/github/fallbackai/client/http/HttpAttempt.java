package io.github.fallbackai.client.http;

import java.util.Optional;

import io.github.fallbackai.client.Credentials;
import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.EndpointException;
import io.github.fallbackai.client.EndpointRequest;
import io.github.fallbackai.client.http.wire.WireRequest;
import io.github.fallbackai.endpoint.Endpoint;
import io.github.fallbackai.failure.Failure;
import io.github.fallbackai.failure.FailureKind;
import io.github.fallbackai.failure.ReplaySafety;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One attempt at one endpoint: finds credentials, asks, and asks again where that is
 * worth it. Belongs to one subscription; its steps follow one another.
 */
final class HttpAttempt {

	private static final int MOST_CORRECTIONS = 2;

	private final HttpEndpointClient client;

	private final EndpointRequest request;

	private int corrections;

	private boolean refreshed;

	HttpAttempt(HttpEndpointClient client, EndpointRequest request) {
		this.client = client;
		this.request = request;
	}

	Flux<EndpointEvent> run() {
		return credentials().flatMapMany((credentials) -> ask(credentials.orElse(null)));
	}

	private Mono<Optional<Credentials>> credentials() {
		return Mono.defer(() -> this.client.credentials().resolve(endpoint(), this.request.chat()))
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.onErrorMap((error) -> !(error instanceof EndpointException), HttpAttempt::local);
	}

	private Flux<EndpointEvent> ask(@Nullable Credentials credentials) {
		if (credentials == null || credentials.ownAccount()) {
			return send(credentials);
		}
		Failure coolingDown = this.client.coolDowns().at(endpoint(), credentials);
		if (coolingDown != null) {
			return Flux.error(new EndpointException(coolingDown));
		}
		return send(credentials).map(HttpAttempt::withoutRateLimits)
			.onErrorMap(EndpointException.class, (error) -> ofAccount(error, credentials));
	}

	private Flux<EndpointEvent> send(@Nullable Credentials credentials) {
		WireRequest wireRequest = encode(credentials);
		AnswerReader reader = new AnswerReader(this.client.dialect(), this.request.streaming());
		QuotedKey key = new QuotedKey(credentials, wireRequest.headers());
		return this.client.wire()
			.exchange(wireRequest, reader)
			.map(key::removedFrom)
			.onErrorMap(EndpointException.class, key::removedFrom)
			.onErrorResume(EndpointException.class, (error) -> {
				Refusal refusal = reader.refusal(error);
				return (refusal != null) ? refused(refusal, error, wireRequest, credentials) : Flux.error(error);
			});
	}

	private WireRequest encode(@Nullable Credentials credentials) {
		try {
			Endpoint endpoint = (credentials != null) ? endpoint().withApiKey(credentials.key()) : endpoint();
			WireRequest encoded = this.client.dialect()
				.encode(new EndpointRequest(endpoint, this.request.chat(), this.request.streaming()));
			return RequestParameters.apply(encoded, endpoint.parameters(), this.client.rejected().of(endpoint))
				.forEndpoint(endpoint.name());
		}
		catch (IllegalArgumentException ex) {
			throw local(ex);
		}
	}

	private Flux<EndpointEvent> refused(Refusal refusal, EndpointException error, WireRequest sent,
			@Nullable Credentials credentials) {
		if (refusal.failure().kind() == FailureKind.AUTHENTICATION && credentials != null && !this.refreshed) {
			this.refreshed = true;
			this.client.credentials().invalidate(endpoint(), credentials);
			return credentials()
				.flatMapMany((fresh) -> worthTrying(fresh, credentials) ? ask(fresh.get()) : Flux.error(error));
		}
		Optional<String> parameter = refusal.parameter();
		if (parameter.isPresent() && this.corrections < MOST_CORRECTIONS && RequestParameters.has(sent, parameter.get())
				&& this.client.rejected().add(endpoint(), parameter.get())) {
			this.corrections++;
			return send(credentials);
		}
		return Flux.error(error);
	}

	/** The key that was just refused is refused again. */
	private static boolean worthTrying(Optional<Credentials> fresh, Credentials refused) {
		return fresh.filter((credentials) -> !credentials.key().equals(refused.key())).isPresent();
	}

	private EndpointException ofAccount(EndpointException error, Credentials credentials) {
		if (error.failure().account() != null) {
			// Told by the inner of two nested rounds, whose credentials were newer.
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
