// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

/**
 * What sends requests to providers.
 */
public enum TransportClient {

	/** Reactor Netty itself. */
	NETTY,

	/** Spring's {@code WebClient}, with its filters. */
	WEBCLIENT

}
