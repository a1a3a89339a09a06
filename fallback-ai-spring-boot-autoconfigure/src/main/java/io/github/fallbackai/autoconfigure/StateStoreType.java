package io.github.fallbackai.autoconfigure;

/**
 * Kinds of state stores.
 */
enum StateStoreType {

	/** Redis if the application is connected to it, else memory. */
	AUTO,

	/** This process only. */
	MEMORY,

	/** Redis, shared by all instances. */
	REDIS

}
