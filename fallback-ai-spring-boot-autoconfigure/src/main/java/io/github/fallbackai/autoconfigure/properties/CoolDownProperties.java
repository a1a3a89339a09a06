// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.autoconfigure.properties;

import java.time.Duration;

/**
 * How long endpoints cool down after a failure that says "not now".
 */
public class CoolDownProperties {

	/**
	 * First cool-down after a rate limit that names no time. It doubles up to a minute
	 * while rate limits follow.
	 */
	private Duration rateLimited = Duration.ofSeconds(5);

	/**
	 * Cool-down of an account without credit or quota.
	 */
	private Duration quota = Duration.ofMinutes(5);

	/**
	 * Cool-down of an account whose key was refused.
	 */
	private Duration authentication = Duration.ofMinutes(1);

	/**
	 * Cool-down of an endpoint whose key may not use it.
	 */
	private Duration permission = Duration.ofMinutes(5);

	/**
	 * Cool-down of an endpoint whose model does not exist.
	 */
	private Duration modelUnavailable = Duration.ofMinutes(10);

	/**
	 * Longest cool-down that a provider may ask for.
	 */
	private Duration max = Duration.ofMinutes(5);

	public Duration getRateLimited() {
		return this.rateLimited;
	}

	public void setRateLimited(Duration rateLimited) {
		this.rateLimited = rateLimited;
	}

	public Duration getQuota() {
		return this.quota;
	}

	public void setQuota(Duration quota) {
		this.quota = quota;
	}

	public Duration getAuthentication() {
		return this.authentication;
	}

	public void setAuthentication(Duration authentication) {
		this.authentication = authentication;
	}

	public Duration getPermission() {
		return this.permission;
	}

	public void setPermission(Duration permission) {
		this.permission = permission;
	}

	public Duration getModelUnavailable() {
		return this.modelUnavailable;
	}

	public void setModelUnavailable(Duration modelUnavailable) {
		this.modelUnavailable = modelUnavailable;
	}

	public Duration getMax() {
		return this.max;
	}

	public void setMax(Duration max) {
		this.max = max;
	}

}
