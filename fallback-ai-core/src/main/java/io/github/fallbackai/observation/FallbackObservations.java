// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of fallback-ai with their keys. None of them holds any part of a
 * prompt, an answer or a key.
 */
public enum FallbackObservations implements ObservationDocumentation {

	/** One call, from subscription to its end. Parent of its attempts. */
	CALL {
		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultCallObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return CallKeys.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return CallDetails.values();
		}
	},

	/** One request to one endpoint. Parent of the HTTP request. */
	ATTEMPT {
		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultAttemptObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return AttemptKeys.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return AttemptDetails.values();
		}
	},

	/** One HTTP request, until its answer begins. */
	EXCHANGE {
		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultExchangeObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return ExchangeKeys.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return ExchangeDetails.values();
		}
	};

	/** Name of an attempt over HTTP, and of the timer of those. */
	static final String OPERATION = "gen_ai.client.operation.duration";

	/** Name of an attempt that goes to another library's client. */
	static final String DELEGATED_ATTEMPT = "fallback.ai.attempt";

	/** Name of an HTTP exchange, the one that Spring's HTTP clients use. */
	static final String EXCHANGES = "http.client.requests";

	/**
	 * Keys of a call with few values.
	 */
	public enum CallKeys implements KeyName {

		/** Name of the chain. */
		CHAIN("chain"),

		/** Name of the endpoint that answered, {@code none} if none did. */
		ENDPOINT("endpoint"),

		/** {@code succeeded}, {@code failed} or {@code cancelled}. */
		OUTCOME("outcome"),

		/** Whether another endpoint than the chain's first answered. */
		DEGRADED("degraded"),

		/** What the caller uses the call for; {@code other} beyond 100 values. */
		USE_CASE("use_case");

		private final String key;

		CallKeys(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys of a call with any number of values.
	 */
	public enum CallDetails implements KeyName {

		/** Identifies the call; log lines and events have it, too. */
		CALL_ID("fallback.ai.call.id"),

		/** Number of attempts. */
		ATTEMPTS("fallback.ai.attempts");

		private final String key;

		CallDetails(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys of an attempt with few values.
	 */
	public enum AttemptKeys implements KeyName {

		/** {@code chat} or {@code embeddings}. */
		OPERATION_NAME("gen_ai.operation.name"),

		/** The kind of provider, as OpenTelemetry calls it. */
		PROVIDER_NAME("gen_ai.provider.name"),

		/** The model that the endpoint is configured with. */
		REQUEST_MODEL("gen_ai.request.model"),

		/** The model as the provider names it; {@code other} beyond 100 values. */
		RESPONSE_MODEL("gen_ai.response.model"),

		/** Kind of the failure, {@code none} without one. */
		ERROR_TYPE("error.type"),

		/** Name of the endpoint. */
		ENDPOINT("endpoint"),

		/** {@code succeeded}, {@code failed}, {@code cancelled} or {@code overtaken}. */
		OUTCOME("outcome");

		private final String key;

		AttemptKeys(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys of an attempt with any number of values.
	 */
	public enum AttemptDetails implements KeyName {

		/** Identifies the call; log lines and events have it, too. */
		CALL_ID("fallback.ai.call.id"),

		/** Position in the call, from 1. */
		NUMBER("fallback.ai.attempt.number"),

		/** Host that was asked. */
		SERVER_ADDRESS("server.address"),

		/** HTTP status received. */
		STATUS("http.response.status_code"),

		/** The provider's id of the request. */
		REQUEST_ID("fallback.ai.provider.request.id"),

		/** Tokens of the prompt. */
		INPUT_TOKENS("gen_ai.usage.input_tokens"),

		/** Tokens of the answer; vectors have none. */
		OUTPUT_TOKENS("gen_ai.usage.output_tokens");

		private final String key;

		AttemptDetails(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys of an exchange with few values.
	 */
	public enum ExchangeKeys implements KeyName {

		/** Host that was asked. */
		CLIENT_NAME("client.name"),

		/** Class of what went wrong before there was an answer, or {@code none}. */
		EXCEPTION("exception"),

		/** Always {@code POST}. */
		METHOD("method"),

		/** Series of the status, {@code UNKNOWN} without an answer. */
		OUTCOME("outcome"),

		/** HTTP status, {@code CLIENT_ERROR} without an answer. */
		STATUS("status"),

		/** Always {@code none}, because requests do not come from templates. */
		URI("uri");

		private final String key;

		ExchangeKeys(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys of an exchange with any number of values.
	 */
	public enum ExchangeDetails implements KeyName {

		/** Where the request went, without a query. */
		URL("http.url");

		private final String key;

		ExchangeDetails(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
