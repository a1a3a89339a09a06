// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.time.Duration;

import io.github.fallbackai.gateway.responses.HostedTools;
import io.github.fallbackai.gateway.responses.ResponseStoreType;

import org.springframework.util.unit.DataSize;

/**
 * OpenAI's responses at the gateway.
 */
public class GatewayResponsesProperties {

	/**
	 * What happens to tools that a provider would run itself, such as web_search, if an
	 * endpoint does not have them. It is not asked, and without another one the request
	 * is refused; or it is asked without them, and a header of the answer says so.
	 */
	private HostedTools hostedTools = HostedTools.REJECT;

	/**
	 * Where responses are kept, so that clients can go on from them: in the memory of the
	 * instance that answered, in Redis for all instances, or nowhere. With redis, what
	 * clients said and got is in Redis.
	 */
	private ResponseStoreType store = ResponseStoreType.MEMORY;

	/**
	 * How long a request waits for the store of responses, with redis.
	 */
	private Duration storeTimeout = Duration.ofSeconds(2);

	/**
	 * Most responses that an instance keeps, or with redis, that each client has. 0 is
	 * none.
	 */
	private int maxStored = 1000;

	/**
	 * Most memory that kept responses take in an instance, or with redis, those of each
	 * client. In an instance, at most a sixteenth of the heap counts.
	 */
	private DataSize maxStoredSize = DataSize.ofMegabytes(64);

	/**
	 * How long a response is kept.
	 */
	private Duration storedFor = Duration.ofHours(1);

	public HostedTools getHostedTools() {
		return this.hostedTools;
	}

	public void setHostedTools(HostedTools hostedTools) {
		this.hostedTools = hostedTools;
	}

	public ResponseStoreType getStore() {
		return this.store;
	}

	public void setStore(ResponseStoreType store) {
		this.store = store;
	}

	public Duration getStoreTimeout() {
		return this.storeTimeout;
	}

	public void setStoreTimeout(Duration storeTimeout) {
		this.storeTimeout = storeTimeout;
	}

	public int getMaxStored() {
		return this.maxStored;
	}

	public void setMaxStored(int maxStored) {
		this.maxStored = maxStored;
	}

	public DataSize getMaxStoredSize() {
		return this.maxStoredSize;
	}

	public void setMaxStoredSize(DataSize maxStoredSize) {
		this.maxStoredSize = maxStoredSize;
	}

	public Duration getStoredFor() {
		return this.storedFor;
	}

	public void setStoredFor(Duration storedFor) {
		this.storedFor = storedFor;
	}

}
