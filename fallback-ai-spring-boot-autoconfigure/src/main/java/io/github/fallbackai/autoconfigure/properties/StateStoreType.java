// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

/**
 * Kinds of state stores.
 */
public enum StateStoreType {

	/** Redis if the application is connected to it, else memory. */
	AUTO,

	/** This process only. */
	MEMORY,

	/** Redis, shared by all instances. */
	REDIS

}
