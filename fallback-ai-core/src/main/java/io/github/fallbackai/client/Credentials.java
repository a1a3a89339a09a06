package io.github.fallbackai.client;

import io.github.fallbackai.endpoint.ApiKey;

/**
 * What authenticates one attempt. {@code toString()} shows neither key nor account.
 *
 * @param key the key
 * @param account whose key it is: {@link #OWN_ACCOUNT} for the endpoint's, otherwise a
 * name by which the callers that share it are known. What one account may not do any more
 * does not keep others from the endpoint.
 */
public record Credentials(ApiKey key, String account) {

	/** The account that an endpoint's own key belongs to. */
	public static final String OWN_ACCOUNT = "";

	/** Credentials of the endpoint's own account. */
	public static Credentials of(ApiKey key) {
		return new Credentials(key, OWN_ACCOUNT);
	}

	/** Whether they are the endpoint's own rather than a certain caller's. */
	public boolean ownAccount() {
		return this.account.equals(OWN_ACCOUNT);
	}

	@Override
	public String toString() {
		return "Credentials[" + this.key + "]";
	}

}
