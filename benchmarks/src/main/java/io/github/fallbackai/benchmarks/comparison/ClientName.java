// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.benchmarks.comparison;

import java.net.URI;
import java.util.Locale;
import java.util.function.Function;

/**
 * The clients that are compared.
 */
enum ClientName {

	/** The limit: Reactor Netty, nothing parsed. */
	REACTOR_NETTY(RawReactorNetty::new),

	/** The reference: Spring's WebClient, nothing parsed. */
	WEBCLIENT(RawWebClient::new),

	/** WebClient with Jackson and classes for the answers. */
	WEBCLIENT_DTO(WebClientWithClasses::new),

	/** This library, auto-configured, answers in one piece. */
	FALLBACK_AI((uri) -> new FallbackAi(uri, false)),

	/** The same past the open breaker of the first endpoint. */
	FALLBACK_AI_PAST_BREAKER((uri) -> new FallbackAi(uri, false).openFirst()),

	/** The same as it is by default, so that unary calls are streamed inside. */
	FALLBACK_AI_AS_STREAM((uri) -> new FallbackAi(uri, true)),

	/** Spring AI's chat model. */
	SPRING_AI(SpringAi::new),

	/** LangChain4j's chat models. */
	LANGCHAIN4J(LangChain4j::new),

	/** OpenAI's own library. */
	OPENAI_JAVA(OpenAiJava::new);

	/** Makes another client each time. */
	@SuppressWarnings("ImmutableEnumChecker")
	private final Function<URI, Client> factory;

	ClientName(Function<URI, Client> factory) {
		this.factory = factory;
	}

	/**
	 * Makes the client in this process.
	 * @param provider base URL of the provider
	 */
	Client create(URI provider) {
		return this.factory.apply(provider);
	}

	/** As in the arguments and in the results. */
	String text() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	static ClientName of(String text) {
		return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

}
