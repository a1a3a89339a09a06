// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Where instances keep and share the state of endpoints.
 */
public class StateStoreProperties {

	/**
	 * Where the state of endpoints is kept. With auto, in Redis if the application is
	 * connected to it, else in memory.
	 */
	private StateStoreType type = StateStoreType.AUTO;

	/**
	 * Prefix of every key in Redis. Instances that share state have the same prefix.
	 * Defaults to fallback-ai and the name of the application.
	 */
	private @Nullable String keyPrefix;

	/**
	 * Number of instances that must see an endpoint fail before all skip it. 2 or more
	 * protect against one instance with a broken network.
	 */
	private int quorum = 1;

	/**
	 * How often an instance compares what it knows with the store.
	 */
	private Duration syncInterval = Duration.ofSeconds(5);

	/**
	 * How long the store may take to answer before it counts as out.
	 */
	private Duration commandTimeout = Duration.ofMillis(250);

	/**
	 * Name of this instance, different from all others and the same after a restart.
	 * Defaults to the name of the host and the port of the server, or the process.
	 */
	private @Nullable String instanceId;

	public StateStoreType getType() {
		return this.type;
	}

	public void setType(StateStoreType type) {
		this.type = type;
	}

	public @Nullable String getKeyPrefix() {
		return this.keyPrefix;
	}

	public void setKeyPrefix(@Nullable String keyPrefix) {
		this.keyPrefix = keyPrefix;
	}

	public int getQuorum() {
		return this.quorum;
	}

	public void setQuorum(int quorum) {
		this.quorum = quorum;
	}

	public Duration getSyncInterval() {
		return this.syncInterval;
	}

	public void setSyncInterval(Duration syncInterval) {
		this.syncInterval = syncInterval;
	}

	public Duration getCommandTimeout() {
		return this.commandTimeout;
	}

	public void setCommandTimeout(Duration commandTimeout) {
		this.commandTimeout = commandTimeout;
	}

	public @Nullable String getInstanceId() {
		return this.instanceId;
	}

	public void setInstanceId(@Nullable String instanceId) {
		this.instanceId = instanceId;
	}

}
