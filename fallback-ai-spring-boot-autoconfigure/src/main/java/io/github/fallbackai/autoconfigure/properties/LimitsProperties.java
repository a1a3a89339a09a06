// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.time.Duration;

import org.springframework.util.unit.DataSize;

/**
 * How much a provider may send, and how slowly a caller may take it.
 */
public class LimitsProperties {

	/**
	 * Largest whole answer.
	 */
	private DataSize response = DataSize.ofMegabytes(32);

	/**
	 * Largest single event of a streamed answer.
	 */
	private DataSize event = DataSize.ofMegabytes(1);

	/**
	 * Largest part of an error's body that is read.
	 */
	private DataSize errorBody = DataSize.ofKilobytes(64);

	/**
	 * How long a caller may take nothing of a stream before its call ends.
	 */
	private Duration consumerStall = Duration.ofMinutes(2);

	public DataSize getResponse() {
		return this.response;
	}

	public void setResponse(DataSize response) {
		this.response = response;
	}

	public DataSize getEvent() {
		return this.event;
	}

	public void setEvent(DataSize event) {
		this.event = event;
	}

	public DataSize getErrorBody() {
		return this.errorBody;
	}

	public void setErrorBody(DataSize errorBody) {
		this.errorBody = errorBody;
	}

	public Duration getConsumerStall() {
		return this.consumerStall;
	}

	public void setConsumerStall(Duration consumerStall) {
		this.consumerStall = consumerStall;
	}

}
