package io.github.fallbackai.autoconfigure.properties;

import java.time.Duration;

import io.github.fallbackai.gateway.responses.HostedTools;

import org.springframework.util.unit.DataSize;

/**
 * OpenAI's responses at the gateway.
 */
public class GatewayResponsesProperties {

	/**
	 * What happens to tools that a provider would run itself, such as web_search. The
	 * request is refused, or the tool is left out and a header of the answer says so.
	 */
	private HostedTools hostedTools = HostedTools.REJECT;

	/**
	 * Most responses that an instance keeps, so that clients can go on from them. 0 is
	 * none.
	 */
	private int maxStored = 1000;

	/**
	 * Most memory that kept responses take. At most a sixteenth of the heap counts.
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
