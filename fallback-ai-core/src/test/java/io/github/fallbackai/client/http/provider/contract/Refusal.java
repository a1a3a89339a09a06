// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http.provider.contract;

import io.github.fallbackai.failure.FailureKind;

/**
 * A response that is no success, and what it means.
 *
 * @param status the HTTP status
 * @param fixture name of the body beneath {@code errors}
 * @param kind what it means
 */
record Refusal(int status, String fixture, FailureKind kind) {

	@Override
	public String toString() {
		return this.status + " " + this.fixture + " is " + this.kind;
	}

}
