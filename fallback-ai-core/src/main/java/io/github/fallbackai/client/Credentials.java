// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client;

import io.github.fallbackai.endpoint.ApiKey;

/**
 * The credentials of one attempt. {@code toString()} shows neither key nor account.
 *
 * @param key the key
 * @param account the account of the key: {@link #OWN_ACCOUNT} for the endpoint's own,
 * otherwise a name for the callers that share the key. If one account is blocked, other
 * accounts can still use the endpoint.
 */
public record Credentials(ApiKey key, String account) {

	/** The account that an endpoint's own key belongs to. */
	public static final String OWN_ACCOUNT = "";

	/** Credentials of the endpoint's own account. */
	public static Credentials of(ApiKey key) {
		return new Credentials(key, OWN_ACCOUNT);
	}

	/** Whether they are the endpoint's own, not those of a certain caller. */
	public boolean ownAccount() {
		return this.account.equals(OWN_ACCOUNT);
	}

	@Override
	public String toString() {
		return "Credentials[" + this.key + "]";
	}

}
