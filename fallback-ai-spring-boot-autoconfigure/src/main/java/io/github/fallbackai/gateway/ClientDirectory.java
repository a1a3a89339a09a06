// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.fallbackai.budget.PeriodSpending;
import io.github.fallbackai.budget.Places;
import io.github.fallbackai.endpoint.ApiKey;
import io.github.fallbackai.event.FailoverEvent;
import io.github.fallbackai.event.ImmediateCallListener;
import io.github.fallbackai.gateway.face.GatewayError;
import io.github.fallbackai.gateway.face.RejectedRequestException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Finds clients by their keys. It keeps only hashes, and compares them in constant time,
 * so that the time does not show how much of a key was right. Immutable.
 */
public final class ClientDirectory {

	private static final String API_KEY = "x-api-key";

	private static final String SCHEME = "bearer ";

	private final List<Entry> entries;

	private final @Nullable ClientAccount anonymous;

	private ClientDirectory(Builder builder) {
		this.entries = List.copyOf(builder.entries);
		this.anonymous = builder.anonymous;
	}

	/** Starts an empty directory. */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Finds a client.
	 * @param authorization the header {@code Authorization}, {@code null} if there is
	 * none
	 * @return the client's account
	 * @throws RejectedRequestException if there is no such client
	 */
	ClientAccount find(@Nullable String authorization) {
		return find(authorization, null);
	}

	/** Clients of Anthropic may send two keys, one of which is meant for others. */
	private ClientAccount find(@Nullable String authorization, @Nullable String apiKey) {
		ClientAccount found = this.anonymous;
		byte[] bearer = hash(key(authorization));
		byte[] other = hash((apiKey != null) ? apiKey.strip() : "");
		for (Entry entry : this.entries) {
			boolean byOther = entry.has(other);
			if (entry.has(bearer) || byOther) {
				found = entry.account();
			}
		}
		if (found == null) {
			boolean none = authorization == null && apiKey == null;
			throw new RejectedRequestException(new GatewayError(401, GatewayError.INVALID_REQUEST, "invalid_api_key",
					null, none ? "No API key: send one as 'Authorization: Bearer …' or 'x-api-key'."
							: "The API key is not known here.",
					null));
		}
		return found;
	}

	/**
	 * Finds the client that sent a request. A client that needs no key has to be a
	 * program on this machine.
	 * @param headers the headers of the request
	 * @return the client's account
	 * @throws RejectedRequestException if there is no such client
	 */
	ClientAccount sender(HttpHeaders headers) {
		ClientAccount found = find(headers.getFirst(HttpHeaders.AUTHORIZATION), headers.getFirst(API_KEY));
		if (found == this.anonymous) {
			AnonymousCaller.check(headers);
		}
		return found;
	}

	/**
	 * Counts what clients spend. It has to be among the listeners of the template that
	 * answers them.
	 * @return an immediate listener, so that it misses no call
	 */
	public ImmediateCallListener spending() {
		Map<String, ClientAccount> accounts = new HashMap<>();
		this.entries.forEach((entry) -> accounts.put(entry.account().client().useCase(), entry.account()));
		return (event) -> {
			if (event instanceof FailoverEvent.AttemptEnded ended) {
				ClientAccount account = accounts.get(String.valueOf(ended.call().useCase()));
				if (account != null) {
					account.spend(ended.attempt());
				}
			}
		};
	}

	/**
	 * What clients with limits use in a period, so that instances can count it together.
	 */
	public List<PeriodSpending> amounts() {
		return this.entries.stream().flatMap((entry) -> entry.account().spending().stream()).toList();
	}

	/** The places for calls of clients with a limit, so that instances can share them. */
	public List<Places> places() {
		return this.entries.stream().flatMap((entry) -> entry.account().places().stream()).toList();
	}

	private static String key(@Nullable String authorization) {
		if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
			return "";
		}
		return authorization.substring(SCHEME.length()).strip();
	}

	private static byte[] hash(String key) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java has SHA-256", ex);
		}
	}

	/**
	 * An account and the hash of its client's key.
	 */
	private static final class Entry {

		private final byte[] hash;

		private final ClientAccount account;

		private Entry(byte[] hash, ClientAccount account) {
			this.hash = hash;
			this.account = account;
		}

		private ClientAccount account() {
			return this.account;
		}

		private boolean has(byte[] presented) {
			return MessageDigest.isEqual(this.hash, presented);
		}

	}

	/**
	 * Collects clients. Not safe for use by several threads.
	 */
	public static final class Builder {

		private final List<Entry> entries = new ArrayList<>();

		private @Nullable ClientAccount anonymous;

		private Builder() {
		}

		/** Adds a client that has a key. */
		public Builder client(GatewayClient client, ApiKey key) {
			this.entries.add(new Entry(hash(key.reveal()), new ClientAccount(client, Clock.systemUTC())));
			return this;
		}

		/**
		 * Admits all callers, as a client without a name. Only for a gateway that other
		 * machines cannot reach.
		 */
		public Builder anonymous() {
			this.anonymous = new ClientAccount(GatewayClient.ANONYMOUS, Clock.systemUTC());
			return this;
		}

		/**
		 * Builds the directory.
		 * @throws IllegalArgumentException if a client has the name of callers without a
		 * key, beside which it could not be told from them
		 */
		public ClientDirectory build() {
			String anonymous = GatewayClient.ANONYMOUS.name();
			if (this.anonymous != null
					&& this.entries.stream().anyMatch((entry) -> entry.account().client().name().equals(anonymous))) {
				throw new IllegalArgumentException("client: " + anonymous + " (expected: another name)");
			}
			return new ClientDirectory(this);
		}

	}

}
