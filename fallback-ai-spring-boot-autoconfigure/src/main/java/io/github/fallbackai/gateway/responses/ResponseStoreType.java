// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.gateway.responses;

/**
 * Where responses are kept.
 */
public enum ResponseStoreType {

	/** In the memory of the instance that answered. */
	MEMORY,

	/** In Redis, for all instances. What clients said and got is then in Redis. */
	REDIS,

	/** Nowhere. */
	NONE

}
