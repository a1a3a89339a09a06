// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.endpoint;

import java.util.List;

/**
 * The API of OpenAI and Azure by which an endpoint is asked. Other providers have one
 * only.
 */
public enum ProviderApi {

	/**
	 * Chat completions, until the endpoint says that the model needs responses. That is
	 * remembered for an hour.
	 */
	AUTO,

	/** Chat completions. */
	CHAT,

	/** Responses. */
	RESPONSES;

	/** Name of the {@linkplain Endpoint#options() option} of an endpoint. */
	public static final String OPTION = "api";

	/** The providers that have more than one API. */
	public static final List<String> PROVIDERS = List.of("openai", "azure-openai");

}
